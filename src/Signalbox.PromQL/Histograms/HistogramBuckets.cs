using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Histograms;

/// <summary>One bucket of a native histogram with its bounds.</summary>
/// <param name="Rule">Which bounds belong to it, as in Prometheus's JSON: 0 the upper one, 1 the lower one, 2 neither, 3 both.</param>
public readonly record struct HistogramBucket(int Rule, double Lower, double Upper, double Count);

/// <summary>Walks over the populated buckets of native histograms.</summary>
public static class HistogramBuckets
{
    /// <summary>From the lowest to the highest; buckets without observations are left out.</summary>
    public static IReadOnlyList<HistogramBucket> Of(HistogramSample histogram)
    {
        List<HistogramBucket> buckets = [];
        var negative = HistogramMath.Negative(histogram).Entries;
        for (var position = negative.Length - 1; position >= 0; position--)
        {
            var (index, count) = negative[position];
            buckets.Add(new HistogramBucket(
                1, -BucketBounds.Exponential(index, histogram.Schema), -BucketBounds.Exponential(index - 1, histogram.Schema), count));
        }

        if (histogram.ZeroCount != 0)
        {
            buckets.Add(new HistogramBucket(3, -histogram.ZeroThreshold, histogram.ZeroThreshold, histogram.ZeroCount));
        }

        foreach (var (index, count) in HistogramMath.Positive(histogram).Entries)
        {
            buckets.Add(HistogramMath.IsCustom(histogram)
                ? new HistogramBucket(
                    index == 0 ? 3 : 0,
                    index == 0 ? double.NegativeInfinity : histogram.CustomValues[index - 1],
                    index < histogram.CustomValues.Count ? histogram.CustomValues[index] : double.PositiveInfinity,
                    count)
                : new HistogramBucket(
                    0, BucketBounds.Exponential(index - 1, histogram.Schema), BucketBounds.Exponential(index, histogram.Schema), count));
        }

        return buckets;
    }
}

/// <summary>Bounds of exponential buckets.</summary>
internal static class BucketBounds
{
    /// <summary>The upper bound of a positive bucket: 2^(index · 2^−schema).</summary>
    public static double Exponential(int index, int schema)
    {
        if (schema < 0)
        {
            return Math.ScaleB(1, Math.Clamp(index, -2000, 2000) << -schema);
        }

        // The whole part of the exponent is exact; only the fraction goes through a power.
        var fraction = index & ((1 << schema) - 1);
        return Math.ScaleB(Math.Pow(2, fraction / (double)(1 << schema)), index >> schema);
    }
}
