using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Histograms;

/// <summary>Gives two histograms with custom buckets the bounds that both have.</summary>
internal static class CustomBounds
{
    public static (HistogramSample Left, HistogramSample Right) Reconcile(HistogramSample left, HistogramSample right, out bool changed)
    {
        changed = !left.CustomValues.SequenceEqual(right.CustomValues);
        if (!changed)
        {
            return (left, right);
        }

        var known = right.CustomValues.ToHashSet();
        double[] shared = [.. left.CustomValues.Where(known.Contains)];
        return (Restrict(left, shared), Restrict(right, shared));
    }

    /// <summary>The histogram with fewer bounds: each bucket joins the one that holds its upper bound.</summary>
    public static HistogramSample Restrict(HistogramSample histogram, double[] bounds)
    {
        var buckets = HistogramMath.Positive(histogram).Mapped(index =>
        {
            if (index >= histogram.CustomValues.Count)
            {
                return bounds.Length;
            }

            var found = Array.BinarySearch(bounds, histogram.CustomValues[index]);
            return found < 0 ? ~found : found;
        });
        return HistogramMath.With(histogram, buckets, Buckets.None) with { CustomValues = bounds };
    }
}
