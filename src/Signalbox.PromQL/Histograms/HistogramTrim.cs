using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Histograms;

/// <summary>Removes the observations of a native histogram above or below a value; a bucket that is cut is interpolated.</summary>
/// <remarks>The sum is estimated anew from what is left: the middle of each bucket, geometric for exponential ones.</remarks>
internal static class HistogramTrim
{
    public static HistogramSample Apply(HistogramSample histogram, double cut, bool keepLower)
    {
        var custom = HistogramMath.IsCustom(histogram);
        var positive = HistogramMath.Positive(histogram);
        var negative = HistogramMath.Negative(histogram);
        var total = new Total();
        var keptNegative = Array.ConvertAll(negative.Entries, entry => (entry.Index, total.Keep(
            -BucketBounds.Exponential(entry.Index, histogram.Schema),
            -BucketBounds.Exponential(entry.Index - 1, histogram.Schema),
            entry.Count,
            Part(cut, keepLower, linear: false))));
        var zero = Zero(histogram, positive, negative, total, Part(cut, keepLower, linear: true));
        var keptPositive = Array.ConvertAll(positive.Entries, entry => (entry.Index, custom
            ? total.Keep(CustomLower(histogram, entry.Index, cut, keepLower), CustomUpper(histogram, entry.Index), entry.Count, Part(cut, keepLower, linear: true))
            : total.Keep(
                BucketBounds.Exponential(entry.Index - 1, histogram.Schema),
                BucketBounds.Exponential(entry.Index, histogram.Schema),
                entry.Count,
                Part(cut, keepLower, linear: false))));
        if (!total.Changed)
        {
            return histogram;
        }

        var trimmed = HistogramMath.With(
            histogram,
            new Buckets(Array.FindAll(keptPositive, static entry => entry.Item2 != 0)),
            new Buckets(Array.FindAll(keptNegative, static entry => entry.Item2 != 0)));
        return trimmed with { Count = total.Count, Sum = total.Sum, ZeroCount = zero };
    }

    /// <summary>The zero bucket leans to one side when only that side has other buckets.</summary>
    private static double Zero(HistogramSample histogram, Buckets positive, Buckets negative, Total total, Func<double, double, (double, double)> part)
    {
        if (histogram.ZeroCount == 0)
        {
            return 0;
        }

        var (anyPositive, anyNegative) = (positive.Entries.Length > 0, negative.Entries.Length > 0);
        return total.Keep(
            anyPositive && !anyNegative ? 0 : -histogram.ZeroThreshold,
            anyNegative && !anyPositive ? 0 : histogram.ZeroThreshold,
            histogram.ZeroCount,
            part);
    }

    /// <summary>The first bucket is taken to begin at 0 when that makes sense for its upper bound and for the cut.</summary>
    private static double CustomLower(HistogramSample histogram, int index, double cut, bool keepLower)
    {
        if (index > 0)
        {
            return histogram.CustomValues[index - 1];
        }

        var upper = CustomUpper(histogram, index);
        return upper > 0 && !double.IsPositiveInfinity(upper) && (keepLower || cut >= 0) ? 0 : double.NegativeInfinity;
    }

    private static double CustomUpper(HistogramSample histogram, int index) =>
        index < histogram.CustomValues.Count ? histogram.CustomValues[index] : double.PositiveInfinity;

    /// <summary>For a bucket's bounds: the share that is kept, and the value that stands for it.</summary>
    private static Func<double, double, (double Share, double Middle)> Part(double cut, bool keepLower, bool linear) => (lower, upper) =>
    {
        if (keepLower ? upper <= cut : lower >= cut)
        {
            return (1, Middle(lower, upper, cut, linear));
        }

        if (keepLower ? lower >= cut : upper <= cut)
        {
            return (0, 0);
        }

        if (double.IsInfinity(lower) || double.IsInfinity(upper))
        {
            // Within an unbounded bucket nothing can be interpolated: the side that reaches to infinity stays or goes as a whole.
            var stays = keepLower ? double.IsInfinity(lower) && !double.IsInfinity(upper) : double.IsInfinity(upper) && !double.IsInfinity(lower);
            return (stays ? 1 : 0, cut);
        }

        var below = linear ? (cut - lower) / (upper - lower) : ExponentialShare(lower, upper, cut);
        return keepLower ? (below, Middle(lower, cut, cut, linear)) : (1 - below, Middle(cut, upper, cut, linear));
    };

    private static double ExponentialShare(double lower, double upper, double cut)
    {
        var (logLower, logUpper, logCut) = (Math.Log2(Math.Abs(lower)), Math.Log2(Math.Abs(upper)), Math.Log2(Math.Abs(cut)));
        return (logCut - logLower) / (logUpper - logLower);
    }

    private static double Middle(double lower, double upper, double cut, bool linear)
    {
        if (double.IsInfinity(lower) || double.IsInfinity(upper))
        {
            return double.IsInfinity(lower) ? Math.Min(upper, double.IsNegativeInfinity(cut) ? upper : cut) : lower;
        }

        return linear ? (lower + upper) / 2 : Math.Sign(upper + lower) * Math.Sqrt(lower * upper);
    }

    /// <summary>What is left so far.</summary>
    private sealed class Total
    {
        public double Count { get; private set; }

        public double Sum { get; private set; }

        public bool Changed { get; private set; }

        public double Keep(double lower, double upper, double count, Func<double, double, (double Share, double Middle)> part)
        {
            var (share, middle) = part(lower, upper);
            var kept = count * share;
            Changed |= share < 1;
            Count += kept;
            Sum += kept == 0 ? 0 : kept * middle;
            return kept;
        }
    }
}
