using Signalbox.Server.Jobs.Engine;

namespace Signalbox.Server.Jobs.History;

/// <summary>Estimates percentiles from counts in buckets.</summary>
internal static class BucketPercentile
{
    /// <summary>Interpolates linearly within the bucket that holds the percentile; the greatest value bounds the last one.</summary>
    /// <param name="buckets">Counts of <see cref="DurationBuckets"/>.</param>
    /// <param name="max">The greatest value in milliseconds.</param>
    /// <param name="quantile">From 0 to 1.</param>
    /// <returns>Milliseconds; null when nothing was counted.</returns>
    public static double? Of(IReadOnlyList<long> buckets, long max, double quantile)
    {
        var total = buckets.Sum();
        if (total == 0)
        {
            return null;
        }

        var rank = quantile * total;
        var before = 0L;
        for (var index = 0; index < buckets.Count; index++)
        {
            if (buckets[index] > 0 && before + buckets[index] >= rank)
            {
                var lower = index == 0 ? 0 : DurationBuckets.UpperBounds[index - 1];
                var upper = index < DurationBuckets.UpperBounds.Count ? Math.Min(DurationBuckets.UpperBounds[index], max) : max;
                return Math.Round(lower + ((Math.Max(upper, lower) - lower) * (rank - before) / buckets[index]), 3);
            }

            before += buckets[index];
        }

        return max;
    }
}
