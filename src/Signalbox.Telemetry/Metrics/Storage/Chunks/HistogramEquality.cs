using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Storage.Chunks;

/// <summary>Compares native histograms bit by bit, so that a repeated sample is recognised even when it holds NaN.</summary>
internal static class HistogramEquality
{
    public static bool SameLayout(HistogramSample left, HistogramSample right) =>
        left.Schema == right.Schema
        && Same(left.ZeroThreshold, right.ZeroThreshold)
        && left.PositiveBuckets.Count == right.PositiveBuckets.Count
        && left.NegativeBuckets.Count == right.NegativeBuckets.Count
        && Same(left.PositiveSpans, right.PositiveSpans)
        && Same(left.NegativeSpans, right.NegativeSpans)
        && Same(left.CustomValues, right.CustomValues);

    public static bool Same(HistogramSample left, HistogramSample right) =>
        ReferenceEquals(left, right)
        || (SameLayout(left, right)
            && left.CounterResetHint == right.CounterResetHint
            && Same(left.Count, right.Count)
            && Same(left.Sum, right.Sum)
            && Same(left.ZeroCount, right.ZeroCount)
            && Same(left.PositiveBuckets, right.PositiveBuckets)
            && Same(left.NegativeBuckets, right.NegativeBuckets));

    public static bool Same(double left, double right) => BitConverter.DoubleToInt64Bits(left) == BitConverter.DoubleToInt64Bits(right);

    private static bool Same(IReadOnlyList<double> left, IReadOnlyList<double> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var index = 0; index < left.Count; index++)
        {
            if (!Same(left[index], right[index]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Same(IReadOnlyList<BucketSpan> left, IReadOnlyList<BucketSpan> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var index = 0; index < left.Count; index++)
        {
            if (left[index] != right[index])
            {
                return false;
            }
        }

        return true;
    }
}
