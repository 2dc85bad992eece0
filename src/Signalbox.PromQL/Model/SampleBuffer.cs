using System.Buffers;
using System.Runtime.CompilerServices;

namespace Signalbox.PromQL.Model;

/// <summary>Reusable columns of one series' samples in time order; rented from the shared pool and given back on disposal.</summary>
/// <remarks>Not thread-safe. A position holds a float, or a histogram with <see cref="double.NaN"/> as its float.</remarks>
public sealed class SampleBuffer : IDisposable
{
    private long[] _timestamps = [];
    private double[] _values = [];
    private HistogramSample?[]? _histograms;

    public int Count { get; private set; }

    /// <summary>Milliseconds since the Unix epoch, ascending.</summary>
    public ReadOnlySpan<long> Timestamps => _timestamps.AsSpan(0, Count);

    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    public bool HasHistograms => _histograms is not null;

    public HistogramSample? HistogramAt(int index) => _histograms?[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(long timestamp, double value)
    {
        var index = Count;
        var timestamps = _timestamps;
        var values = _values;
        if (_histograms is null && (uint)index < (uint)timestamps.Length && (uint)index < (uint)values.Length)
        {
            timestamps[index] = timestamp;
            values[index] = value;
            Count = index + 1;
            return;
        }

        AppendSlowly(timestamp, value);
    }

    public void Append(long timestamp, HistogramSample histogram)
    {
        Reserve();
        if (_histograms is null)
        {
            _histograms = ArrayPool<HistogramSample?>.Shared.Rent(_timestamps.Length);
            Array.Clear(_histograms, 0, Count);
        }

        _timestamps[Count] = timestamp;
        _values[Count] = double.NaN;
        _histograms[Count] = histogram;
        Count++;
    }

    public void Clear()
    {
        Count = 0;
        ReleaseHistograms();
    }

    public void Dispose()
    {
        Clear();
        if (_timestamps.Length > 0)
        {
            ArrayPool<long>.Shared.Return(_timestamps);
            ArrayPool<double>.Shared.Return(_values);
            _timestamps = [];
            _values = [];
        }
    }

    private void AppendSlowly(long timestamp, double value)
    {
        Reserve();
        _timestamps[Count] = timestamp;
        _values[Count] = value;
        if (_histograms is not null)
        {
            _histograms[Count] = null;
        }

        Count++;
    }

    private void ReleaseHistograms()
    {
        if (_histograms is not null)
        {
            ArrayPool<HistogramSample?>.Shared.Return(_histograms, clearArray: true);
            _histograms = null;
        }
    }

    private void Reserve()
    {
        if (Count < _timestamps.Length && Count < _values.Length && (_histograms is null || Count < _histograms.Length))
        {
            return;
        }

        var size = Math.Max(128, Count * 2);
        _timestamps = Grow(_timestamps, size);
        _values = Grow(_values, size);
        if (_histograms is not null)
        {
            var larger = ArrayPool<HistogramSample?>.Shared.Rent(size);
            Array.Copy(_histograms, larger, Count);
            ArrayPool<HistogramSample?>.Shared.Return(_histograms, clearArray: true);
            _histograms = larger;
        }
    }

    private T[] Grow<T>(T[] column, int size)
    {
        var larger = ArrayPool<T>.Shared.Rent(size);
        Array.Copy(column, larger, Count);
        if (column.Length > 0)
        {
            ArrayPool<T>.Shared.Return(column);
        }

        return larger;
    }
}
