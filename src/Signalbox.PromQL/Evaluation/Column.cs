using System.Buffers;
using System.Runtime.CompilerServices;
using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Evaluation;

/// <summary>One series' values at every step of a grid; a step without a value holds the stale marker's bits.</summary>
/// <remarks>
/// The stale marker can stand for "absent" because no stored sample with it is ever visible to PromQL, and no arithmetic can produce it: it is a signalling NaN.
/// A step with a histogram holds an ordinary NaN here and the histogram in the second column. Reused through <see cref="ColumnPool"/>.
/// </remarks>
internal sealed class Column
{
    private double[] _values = [];
    private HistogramSample?[]? _histograms;

    public static readonly double Absent = StaleMarker.Value;

    public int Count { get; private set; }

    public bool HasHistograms => _histograms is not null;

    /// <summary>Read and write access to the floats; use <see cref="SetHistogram"/> for histograms.</summary>
    public Span<double> Values => _values.AsSpan(0, Count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAbsent(double value) => BitConverter.DoubleToInt64Bits(value) == StaleMarker.Bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Has(int step) => !IsAbsent(_values[step]);

    public HistogramSample? HistogramAt(int step) => _histograms?[step];

    /// <summary>Whether the step holds a float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasFloat(int step) => Has(step) && (_histograms is null || _histograms[step] is null);

    /// <summary>Makes every step absent.</summary>
    public void Clear()
    {
        Values.Fill(Absent);
        DropHistograms();
    }

    public void SetHistogram(int step, HistogramSample histogram)
    {
        if (_histograms is null)
        {
            _histograms = ArrayPool<HistogramSample?>.Shared.Rent(Count);
            Array.Clear(_histograms, 0, Count);
        }

        _values[step] = double.NaN;
        _histograms[step] = histogram;
    }

    public void SetAbsent(int step)
    {
        _values[step] = Absent;
        if (_histograms is not null)
        {
            _histograms[step] = null;
        }
    }

    /// <summary>Removes every histogram; its steps become absent.</summary>
    /// <returns>Whether there was one.</returns>
    public bool RemoveHistograms()
    {
        if (_histograms is null)
        {
            return false;
        }

        var any = false;
        for (var step = 0; step < Count; step++)
        {
            if (_histograms[step] is not null)
            {
                _values[step] = Absent;
                any = true;
            }
        }

        DropHistograms();
        return any;
    }

    public void CopyFrom(Column other)
    {
        other.Values.CopyTo(Values);
        DropHistograms();
        if (other._histograms is not null)
        {
            _histograms = ArrayPool<HistogramSample?>.Shared.Rent(Count);
            Array.Copy(other._histograms, _histograms, Count);
        }
    }

    public void CopyStep(int step, Column other, int from)
    {
        if (other._histograms?[from] is { } histogram)
        {
            SetHistogram(step, histogram);
            return;
        }

        _values[step] = other._values[from];
        if (_histograms is not null)
        {
            _histograms[step] = null;
        }
    }

    public void Resize(int count)
    {
        DropHistograms();
        if (_values.Length < count)
        {
            Free();
            _values = ArrayPool<double>.Shared.Rent(count);
        }

        Count = count;
    }

    public void Free()
    {
        DropHistograms();
        if (_values.Length > 0)
        {
            ArrayPool<double>.Shared.Return(_values);
            _values = [];
        }
    }

    public void DropHistograms()
    {
        if (_histograms is not null)
        {
            ArrayPool<HistogramSample?>.Shared.Return(_histograms, clearArray: true);
            _histograms = null;
        }
    }
}
