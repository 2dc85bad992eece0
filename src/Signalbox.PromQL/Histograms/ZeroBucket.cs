using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Histograms;

/// <summary>Gives two exponential histograms the same zero bucket.</summary>
internal static class ZeroBucket
{
    public static (HistogramSample Left, HistogramSample Right) Reconcile(HistogramSample left, HistogramSample right)
    {
        while (left.ZeroThreshold != right.ZeroThreshold)
        {
            if (left.ZeroThreshold > right.ZeroThreshold)
            {
                right = Widen(right, left.ZeroThreshold);
            }
            else
            {
                left = Widen(left, right.ZeroThreshold);
            }
        }

        return (left, right);
    }

    /// <summary>Moves the buckets below a threshold into the zero bucket; the threshold grows to the end of a populated bucket that it would cut.</summary>
    public static HistogramSample Widen(HistogramSample histogram, double threshold)
    {
        if (threshold <= histogram.ZeroThreshold)
        {
            return histogram;
        }

        var positive = HistogramMath.Positive(histogram);
        var negative = HistogramMath.Negative(histogram);
        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var (index, _) in positive.Entries.Concat(negative.Entries))
            {
                var upper = BucketBounds.Exponential(index, histogram.Schema);
                if (BucketBounds.Exponential(index - 1, histogram.Schema) < threshold && upper > threshold)
                {
                    threshold = upper;
                    grown = true;
                }
            }
        }

        bool IsInside((int Index, double Count) entry) => BucketBounds.Exponential(entry.Index, histogram.Schema) <= threshold;
        var moved = positive.Entries.Concat(negative.Entries).Where(IsInside).Sum(static entry => entry.Count);
        var kept = HistogramMath.With(
            histogram,
            new Buckets(Array.FindAll(positive.Entries, entry => !IsInside(entry))),
            new Buckets(Array.FindAll(negative.Entries, entry => !IsInside(entry))));
        return kept with { ZeroThreshold = threshold, ZeroCount = histogram.ZeroCount + moved };
    }
}
