using Signalbox.PromQL.Histograms;
using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Tests.Scripting;

/// <summary>Series kept in memory, for tests.</summary>
internal sealed class MemorySource : ISeriesSource
{
    private readonly Dictionary<Labels, MemorySeries> _series = [];

    public int Selections { get; private set; }

    public MemorySeries SeriesOf(Labels labels)
    {
        if (!_series.TryGetValue(labels, out var series))
        {
            _series.Add(labels, series = new MemorySeries(labels));
        }

        return series;
    }

    public void Clear() => _series.Clear();

    public ValueTask<IReadOnlyList<ISeries>> SelectAsync(TimeWindow range, IReadOnlyList<LabelMatcher> matchers, CancellationToken cancellationToken)
    {
        Selections++;
        IReadOnlyList<ISeries> found =
        [
            .. _series.Values.Where(series => series.HasSamples(range) && matchers.All(matcher => matcher.Matches(series.Labels.Get(matcher.Name)))),
        ];
        return ValueTask.FromResult(found);
    }
}

/// <summary>One series of a <see cref="MemorySource"/>.</summary>
internal sealed class MemorySeries(Labels labels) : ISeries
{
    private readonly SortedList<long, (double Value, HistogramSample? Histogram)> _samples = [];

    public Labels Labels => labels;

    public void Put(long timestamp, double value, HistogramSample? histogram = null) => _samples[timestamp] = (value, histogram);

    public bool HasSamples(TimeWindow window)
    {
        var index = IndexOf(window.From);
        return index < _samples.Count && _samples.Keys[index] <= window.To;
    }

    public void Read(TimeWindow window, SampleBuffer buffer, CancellationToken cancellationToken)
    {
        for (var index = IndexOf(window.From); index < _samples.Count && _samples.Keys[index] <= window.To; index++)
        {
            var (value, histogram) = _samples.Values[index];
            if (histogram is null)
            {
                buffer.Append(_samples.Keys[index], value);
            }
            else
            {
                buffer.Append(_samples.Keys[index], WithHint(index, histogram));
            }
        }
    }

    /// <summary>A store knows from its chunks which histograms continue the one before; of a reset it knows only that it is no continuation.</summary>
    private HistogramSample WithHint(int index, HistogramSample histogram)
    {
        if (histogram.CounterResetHint != CounterResetHint.Unknown || index == 0 || _samples.Values[index - 1].Histogram is not { } before)
        {
            return histogram;
        }

        return histogram with { CounterResetHint = HistogramMath.IsReset(before, histogram) ? CounterResetHint.Unknown : CounterResetHint.NotReset };
    }

    private int IndexOf(long from)
    {
        var (low, high) = (0, _samples.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _samples.Keys[middle] >= from ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
