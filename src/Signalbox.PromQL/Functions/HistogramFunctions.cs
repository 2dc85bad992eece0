using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Histograms;
using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Functions;

/// <summary>Functions of histograms, classic and native.</summary>
internal static class HistogramFunctions
{
    public static readonly Dictionary<string, Func<FunctionCall, VectorOperator>> All = new(StringComparer.Ordinal)
    {
        ["histogram_count"] = Native(static histogram => histogram.Count, statistics: true),
        ["histogram_sum"] = Native(static histogram => histogram.Sum, statistics: true),
        ["histogram_avg"] = Native(static histogram => histogram.Sum / histogram.Count, statistics: true),
        ["histogram_stdvar"] = Native(HistogramQuantile.Variance),
        ["histogram_stddev"] = Native(static histogram => Math.Sqrt(HistogramQuantile.Variance(histogram))),
        ["histogram_quantile"] = Quantile,
        ["histogram_quantiles"] = SeveralQuantiles,
        ["histogram_fraction"] = Fraction,
    };

    private static Func<FunctionCall, VectorOperator> Native(Func<HistogramSample, double> map, bool statistics = false) => call =>
    {
        var inner = statistics ? call.Planner.VectorOfStatistics(call.Argument(0), call.Grid) : call.Vector(0);
        return call.Merged(new NativeVector(inner, Headers.WithoutNames(inner, call.Context), map));
    };

    private static VectorOperator Quantile(FunctionCall call)
    {
        var quantiles = call.Scalar(0);
        Quantiles.WarnIfInvalid(quantiles, call.Context.Annotations, call.Place(0));
        var groups = new HistogramGroups(call, 1);
        return call.Merged(new HistogramVector(call, groups, [new QuantileEstimate(quantiles, groups)], null));
    }

    private static VectorOperator SeveralQuantiles(FunctionCall call)
    {
        var groups = new HistogramGroups(call, 0);
        var estimates = new IHistogramEstimate[call.Count - 2];
        var labels = new (string, string)[estimates.Length];
        for (var index = 0; index < estimates.Length; index++)
        {
            var quantiles = call.Scalar(index + 2);
            Quantiles.WarnIfInvalid(quantiles, call.Context.Annotations, call.Place(index + 2));
            estimates[index] = new QuantileEstimate(quantiles, groups);
            labels[index] = (call.Text(1), LabelValue(quantiles.Length == 0 ? double.NaN : quantiles[0]));
        }

        return call.Merged(new HistogramVector(call, groups, estimates, labels));
    }

    /// <summary>As OpenMetrics writes quantiles: always with a fraction.</summary>
    private static string LabelValue(double quantile)
    {
        var text = FormatValue.Float(quantile);
        return double.IsFinite(quantile) && !text.Contains('.', StringComparison.Ordinal) ? text + ".0" : text;
    }

    private static VectorOperator Fraction(FunctionCall call)
    {
        var groups = new HistogramGroups(call, 2);
        return call.Merged(new HistogramVector(call, groups, [new FractionEstimate(call.Scalar(0), call.Scalar(1), groups)], null));
    }

    private sealed class NativeVector(VectorOperator inner, SeriesHeader[] headers, Func<HistogramSample, double> map) : VectorOperator(inner.Grid, headers)
    {
        public override void Read(int series, Column into)
        {
            inner.Read(series, into);
            for (var step = 0; step < into.Count; step++)
            {
                into.Values[step] = into.HistogramAt(step) is { } histogram ? map(histogram) : Column.Absent;
            }

            into.DropHistograms();
        }
    }

    private sealed class QuantileEstimate(double[] quantiles, HistogramGroups groups) : IHistogramEstimate
    {
        public double Classic(ClassicHistogram histogram, int step, Labels labels)
        {
            var result = histogram.Quantile(quantiles[step], out var forced);
            if (forced)
            {
                groups.Inform(
                    "input to histogram_quantile needed to be fixed for monotonicity"
                    + " (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)",
                    labels);
            }

            return result;
        }

        public double Native(HistogramSample histogram, int step, Labels labels)
        {
            var result = HistogramQuantile.Quantile(quantiles[step], histogram, out var notANumber);
            if (notANumber)
            {
                groups.Inform(
                    "input to histogram_quantile has NaN observations, result is " + (double.IsNaN(result) ? "NaN" : "skewed higher"), labels);
            }

            return result;
        }
    }

    private sealed class FractionEstimate(double[] lower, double[] upper, HistogramGroups groups) : IHistogramEstimate
    {
        public double Classic(ClassicHistogram histogram, int step, Labels labels) => histogram.Fraction(lower[step], upper[step]);

        public double Native(HistogramSample histogram, int step, Labels labels)
        {
            var result = HistogramQuantile.Fraction(lower[step], upper[step], histogram, out var notANumber);
            if (notANumber)
            {
                groups.Inform("input to histogram_fraction has NaN observations, which are excluded from all fractions", labels);
            }

            return result;
        }
    }
}
