using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Histograms;

/// <summary>Arithmetic on native histograms; results are new samples.</summary>
/// <remarks>Source: https://prometheus.io/docs/specs/native_histograms/</remarks>
internal static class HistogramMath
{
    public static bool IsCustom(HistogramSample histogram) => histogram.Schema == HistogramSample.CustomBucketsSchema;

    public static Buckets Positive(HistogramSample histogram) => Buckets.Of(histogram.PositiveSpans, histogram.PositiveBuckets);

    public static Buckets Negative(HistogramSample histogram) => Buckets.Of(histogram.NegativeSpans, histogram.NegativeBuckets);

    public static HistogramSample With(HistogramSample histogram, Buckets positive, Buckets negative)
    {
        var (positiveSpans, positiveCounts) = positive.ToSpans();
        var (negativeSpans, negativeCounts) = negative.ToSpans();
        return histogram with
        {
            PositiveSpans = positiveSpans,
            PositiveBuckets = positiveCounts,
            NegativeSpans = negativeSpans,
            NegativeBuckets = negativeCounts,
        };
    }

    public static HistogramSample Gauge(HistogramSample histogram) => histogram with { CounterResetHint = CounterResetHint.Gauge };

    /// <summary>Everything times a factor; a negative factor makes a gauge of it.</summary>
    public static HistogramSample Scale(HistogramSample histogram, double factor)
    {
        var scaled = With(histogram, Positive(histogram).Times(factor), Negative(histogram).Times(factor)) with
        {
            Count = histogram.Count * factor,
            Sum = histogram.Sum * factor,
            ZeroCount = histogram.ZeroCount * factor,
        };
        return factor < 0 ? Gauge(scaled) : scaled;
    }

    /// <summary>Everything divided by a number; division by zero leaves no buckets.</summary>
    public static HistogramSample Divide(HistogramSample histogram, double divisor)
    {
        var positive = divisor == 0 ? Buckets.None : Positive(histogram).Times(1 / divisor);
        var negative = divisor == 0 ? Buckets.None : Negative(histogram).Times(1 / divisor);
        var divided = With(histogram, positive, negative) with
        {
            Count = histogram.Count / divisor,
            Sum = histogram.Sum / divisor,
            ZeroCount = histogram.ZeroCount / divisor,
        };
        return divisor < 0 ? Gauge(divided) : divided;
    }

    /// <summary>Adds or subtracts, at the coarser of both layouts.</summary>
    /// <param name="sign">1 to add, −1 to subtract.</param>
    /// <param name="reconciled">Whether custom bounds differed and only the shared ones were kept.</param>
    /// <returns>Null when one has exponential and the other custom buckets.</returns>
    public static HistogramSample? TryAdd(HistogramSample left, HistogramSample right, double sign, out bool reconciled)
    {
        reconciled = false;
        if (IsCustom(left) != IsCustom(right))
        {
            return null;
        }

        (left, right) = Reconcile(left, right, out reconciled);
        var schema = Math.Min(left.Schema, right.Schema);
        var sum = left with
        {
            Schema = schema,
            Count = left.Count + (sign * right.Count),
            Sum = left.Sum + (sign * right.Sum),
            ZeroCount = left.ZeroCount + (sign * right.ZeroCount),
            CounterResetHint = Combine(left.CounterResetHint, right.CounterResetHint),
        };
        return With(
            sum,
            AtSchema(Positive(left), left, schema).Plus(AtSchema(Positive(right), right, schema), sign),
            AtSchema(Negative(left), left, schema).Plus(AtSchema(Negative(right), right, schema), sign));
    }

    /// <summary>Gives both the same zero bucket, or the same custom bounds.</summary>
    /// <param name="changed">Whether custom bounds differed.</param>
    public static (HistogramSample Left, HistogramSample Right) Reconcile(HistogramSample left, HistogramSample right, out bool changed)
    {
        changed = false;
        return IsCustom(left) ? CustomBounds.Reconcile(left, right, out changed) : ZeroBucket.Reconcile(left, right);
    }

    public static bool Conflict(CounterResetHint left, CounterResetHint right) =>
        (left, right) is (CounterResetHint.Reset, CounterResetHint.NotReset) or (CounterResetHint.NotReset, CounterResetHint.Reset);

    public static bool Equal(HistogramSample left, HistogramSample right) =>
        left.Schema == right.Schema
        && left.Count.Equals(right.Count)
        && left.Sum.Equals(right.Sum)
        && left.ZeroThreshold.Equals(right.ZeroThreshold)
        && left.ZeroCount.Equals(right.ZeroCount)
        && left.CustomValues.SequenceEqual(right.CustomValues)
        && Positive(left).SameAs(Positive(right))
        && Negative(left).SameAs(Negative(right));

    /// <summary>Whether a counter histogram started anew between two samples.</summary>
    public static bool IsReset(HistogramSample before, HistogramSample after)
    {
        if (after.CounterResetHint is CounterResetHint.Reset or CounterResetHint.NotReset)
        {
            return after.CounterResetHint == CounterResetHint.Reset;
        }

        if (after.Count < before.Count || IsCustom(after) != IsCustom(before) || after.Schema > before.Schema)
        {
            return true;
        }

        if (IsCustom(after))
        {
            var (shared, sharedBefore) = CustomBounds.Reconcile(after, before, out _);
            return Positive(shared).IsBelow(Positive(sharedBefore));
        }

        if (after.ZeroThreshold < before.ZeroThreshold)
        {
            return true;
        }

        var widened = ZeroBucket.Widen(before, after.ZeroThreshold);
        return widened.ZeroThreshold != after.ZeroThreshold
            || after.ZeroCount < widened.ZeroCount
            || Positive(after).IsBelow(AtSchema(Positive(widened), widened, after.Schema))
            || Negative(after).IsBelow(AtSchema(Negative(widened), widened, after.Schema));
    }

    public static Buckets AtSchema(Buckets buckets, HistogramSample histogram, int schema) =>
        IsCustom(histogram) ? buckets : buckets.Coarser(histogram.Schema - schema);

    public static CounterResetHint Combine(CounterResetHint left, CounterResetHint right)
    {
        if (left == right)
        {
            return left;
        }

        return left == CounterResetHint.Gauge || right == CounterResetHint.Gauge ? CounterResetHint.Gauge : CounterResetHint.Unknown;
    }
}
