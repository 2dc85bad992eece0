using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Functions;

/// <summary>Quantiles of plain values.</summary>
internal static class Quantiles
{
    /// <summary>Interpolates between the two nearest ranks; NaN counts as the smallest value.</summary>
    public static double OfSorted(double quantile, ReadOnlySpan<double> sorted)
    {
        if (sorted.Length == 0 || double.IsNaN(quantile))
        {
            return double.NaN;
        }

        if (quantile is < 0 or > 1)
        {
            return quantile < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        }

        var rank = quantile * (sorted.Length - 1);
        var lower = (int)Math.Floor(rank);
        var upper = Math.Min(sorted.Length - 1, lower + 1);
        var weight = rank - lower;
        return (sorted[lower] * (1 - weight)) + (sorted[upper] * weight);
    }

    public static void WarnIfInvalid(double quantile, Annotations annotations, TextRange place)
    {
        if (quantile is not (>= 0 and <= 1))
        {
            annotations.Warn($"quantile value should be between 0 and 1, got {FormatValue.General(quantile)}", place);
        }
    }

    public static void WarnIfInvalid(double[] quantiles, Annotations annotations, TextRange place)
    {
        foreach (var quantile in quantiles)
        {
            WarnIfInvalid(quantile, annotations, place);
        }
    }
}
