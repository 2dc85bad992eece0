using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Histograms;

/// <summary>Native histograms between two samples, for the experimental <c>smoothed</c>.</summary>
internal static class HistogramInterpolation
{
    public static HistogramSample WithoutHint(HistogramSample histogram) =>
        histogram.CounterResetHint == CounterResetHint.Gauge ? histogram : histogram with { CounterResetHint = CounterResetHint.Unknown };

    /// <param name="index">The earlier of the two samples.</param>
    /// <param name="afterReset">Across a counter reset: only what has grown since it, rather than that on top of what was before.</param>
    /// <returns>Null when the layouts cannot be combined.</returns>
    public static HistogramSample? Between(
        ReadOnlySpan<long> times, ReadOnlySpan<HistogramSample> values, int index, long time, bool isCounter, bool afterReset)
    {
        var (before, after) = (WithoutHint(values[index]), values[index + 1]);
        var share = (double)(time - times[index]) / (times[index + 1] - times[index]);
        if (HistogramMath.IsCustom(before) != HistogramMath.IsCustom(after))
        {
            return null;
        }

        if (isCounter && HistogramMath.IsReset(before, after))
        {
            var grown = WithoutHint(HistogramMath.Scale(after, share));
            return afterReset ? grown : HistogramMath.TryAdd(before, grown, 1, out _);
        }

        var rise = HistogramMath.TryAdd(WithoutHint(after), before, -1, out _);
        return rise is null ? null : HistogramMath.TryAdd(before, HistogramMath.Scale(rise, share), 1, out _);
    }
}
