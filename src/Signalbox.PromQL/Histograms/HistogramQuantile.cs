using Signalbox.PromQL.Functions;
using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Histograms;

/// <summary>Estimates from native histograms: quantiles, fractions, variance.</summary>
internal static class HistogramQuantile
{
    /// <param name="notANumber">Whether the histogram holds observations of NaN.</param>
    public static double Quantile(double quantile, HistogramSample histogram, out bool notANumber)
    {
        notANumber = false;
        if (quantile is < 0 or > 1)
        {
            return quantile < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        if (histogram.Count == 0 || double.IsNaN(quantile))
        {
            return double.NaN;
        }

        notANumber = double.IsNaN(histogram.Sum);
        var buckets = HistogramBuckets.Of(histogram);

        // From the nearer end, so that rounding in the far tail does not matter; NaN observations count as the highest.
        var forward = notANumber || quantile < 0.5;
        var rank = (forward ? quantile : 1 - quantile) * histogram.Count;
        var (count, index) = (0.0, forward ? -1 : buckets.Count);
        while (forward ? index + 1 < buckets.Count : index > 0)
        {
            index += forward ? 1 : -1;
            count += buckets[index].Count;
            if (count >= rank)
            {
                break;
            }
        }

        if (index < 0 || index >= buckets.Count)
        {
            return double.NaN;
        }

        count = Math.Min(count, histogram.Count);
        if (count < rank && notANumber)
        {
            return double.NaN;
        }

        var within = forward ? rank - (count - buckets[index].Count) : count - rank;
        return Interpolate(histogram, buckets[index], within / buckets[index].Count);
    }

    /// <param name="notANumber">Whether the histogram holds observations of NaN.</param>
    public static double Fraction(double lower, double upper, HistogramSample histogram, out bool notANumber)
    {
        notANumber = double.IsNaN(histogram.Sum);
        var custom = HistogramMath.IsCustom(histogram);
        var fraction = new BucketFraction(lower, upper);
        var counted = 0.0;
        foreach (var raw in HistogramBuckets.Of(histogram))
        {
            var bucket = Leaning(histogram, raw);
            fraction.Add(bucket.Lower, bucket.Upper, bucket.Count, !custom && !(bucket.Lower <= 0 && bucket.Upper >= 0));
            counted += bucket.Count;
        }

        return fraction.Result(notANumber ? counted : histogram.Count, histogram.Count);
    }

    public static double Variance(HistogramSample histogram)
    {
        var mean = histogram.Sum / histogram.Count;
        var squares = default(KahanSum);
        foreach (var bucket in HistogramBuckets.Of(histogram))
        {
            var delta = Middle(histogram, bucket) - mean;
            squares.Add(bucket.Count * delta * delta);
        }

        return (squares.Sum + squares.Compensation) / histogram.Count;
    }

    private static double Middle(HistogramSample histogram, HistogramBucket bucket)
    {
        if (HistogramMath.IsCustom(histogram))
        {
            return (bucket.Lower + bucket.Upper) / 2;
        }

        return bucket.Rule == 3 ? 0 : Math.Sign(bucket.Upper) * Math.Sqrt(bucket.Lower * bucket.Upper);
    }

    /// <summary>A zero bucket beside buckets of one sign only, and the first custom bucket, are taken to begin or end at 0.</summary>
    private static HistogramBucket Leaning(HistogramSample histogram, HistogramBucket bucket)
    {
        if (HistogramMath.IsCustom(histogram))
        {
            return double.IsNegativeInfinity(bucket.Lower) && bucket.Upper > 0 ? bucket with { Lower = 0 } : bucket;
        }

        if (bucket.Rule != 3)
        {
            return bucket;
        }

        var (positive, negative) = (histogram.PositiveBuckets.Count > 0, histogram.NegativeBuckets.Count > 0);
        return positive == negative ? bucket : positive ? bucket with { Lower = 0 } : bucket with { Upper = 0 };
    }

    private static double Interpolate(HistogramSample histogram, HistogramBucket raw, double share)
    {
        var bucket = Leaning(histogram, raw);
        if (HistogramMath.IsCustom(histogram))
        {
            if (double.IsNegativeInfinity(bucket.Lower))
            {
                return bucket.Upper;
            }

            if (double.IsPositiveInfinity(bucket.Upper))
            {
                return bucket.Lower;
            }
        }

        if (HistogramMath.IsCustom(histogram) || bucket.Rule == 3)
        {
            return bucket.Lower + ((bucket.Upper - bucket.Lower) * share);
        }

        var (logLower, logUpper) = (Math.Log2(Math.Abs(bucket.Lower)), Math.Log2(Math.Abs(bucket.Upper)));
        return bucket.Lower > 0
            ? Math.Pow(2, logLower + ((logUpper - logLower) * share))
            : -Math.Pow(2, logUpper + ((logLower - logUpper) * (1 - share)));
    }
}
