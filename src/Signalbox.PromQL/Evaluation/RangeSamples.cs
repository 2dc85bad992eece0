using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Evaluation;

/// <summary>One series' samples for window functions: floats and histograms apart, stale markers gone.</summary>
/// <remarks>In the usual case, floats without stale markers, the source's buffer is used as it is.</remarks>
internal sealed class RangeSamples(BufferPool buffers)
{
    private readonly SampleBuffer _source = buffers.Rent();
    private readonly SampleBuffer _floats = buffers.Rent();
    private readonly List<long> _histogramTimes = [];
    private readonly List<HistogramSample> _histograms = [];
    private bool _direct;

    /// <summary>Where a reader puts raw samples before it calls <see cref="Accept"/>.</summary>
    public SampleBuffer Source => _source;

    public ReadOnlySpan<long> Times => _direct ? _source.Timestamps : _floats.Timestamps;

    public ReadOnlySpan<double> Values => _direct ? _source.Values : _floats.Values;

    public ReadOnlySpan<long> HistogramTimes => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_histogramTimes);

    public ReadOnlySpan<HistogramSample> Histograms => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_histograms);

    /// <summary>Takes over what <see cref="Source"/> now holds.</summary>
    public void Accept()
    {
        _histogramTimes.Clear();
        _histograms.Clear();
        _floats.Clear();
        _direct = !_source.HasHistograms && !ContainsStale(_source.Values);
        if (_direct)
        {
            return;
        }

        for (var index = 0; index < _source.Count; index++)
        {
            if (_source.HistogramAt(index) is { } histogram)
            {
                _histogramTimes.Add(_source.Timestamps[index]);
                _histograms.Add(histogram);
            }
            else if (!StaleMarker.Is(_source.Values[index]))
            {
                _floats.Append(_source.Timestamps[index], _source.Values[index]);
            }
        }
    }

    private static bool ContainsStale(ReadOnlySpan<double> values) =>
        System.Runtime.InteropServices.MemoryMarshal.Cast<double, long>(values).Contains(StaleMarker.Bits);
}
