using System.Globalization;
using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Histograms;
using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Functions;

/// <summary>Regression, smoothing, and counts of changes over a window.</summary>
internal static class TrendFunctions
{
    public static readonly Dictionary<string, Func<FunctionCall, VectorOperator>> All = new(StringComparer.Ordinal)
    {
        ["deriv"] = static call => Windows.OverFloats(call, new Regression(null)),
        ["predict_linear"] = static call => Windows.OverFloats(call, new Regression(call.Scalar(1))),
        ["double_exponential_smoothing"] = static call => Windows.OverFloats(call, new Smoothing(call.Scalar(1), call.Scalar(2))),
        ["changes"] = static call => Transitions(call, resets: false),
        ["resets"] = static call => Transitions(call, resets: true),
    };

    private static VectorOperator Transitions(FunctionCall call, bool resets)
    {
        var range = call.Range(0);
        var headers = Headers.WithoutNames(range.Headers, call.Context);
        return call.Merged(range.Mode == SelectionMode.Plain
            ? new WindowVector<TransitionCount>(call, range, headers, 0, new TransitionCount(resets))
            : new AnchoredTransitions(call, range, headers, resets));
    }

    /// <summary>The slope of a least-squares line, or the value it predicts.</summary>
    private readonly struct Regression(double[]? ahead) : IFloatFunction
    {
        public double Apply(in Window window)
        {
            if (window.Values.Length < 2)
            {
                return Column.Absent;
            }

            // The origin lies close to the data, so that large timestamps cost no precision.
            var origin = ahead is null ? window.Times[0] : window.EvaluationTime;
            var (slope, intercept) = Fit(window, origin);
            return ahead is null ? slope : (slope * ahead[window.Step]) + intercept;
        }

        private static (double Slope, double Intercept) Fit(in Window window, long origin)
        {
            var (sumX, sumY, sumXY, sumXX) = (default(KahanSum), default(KahanSum), default(KahanSum), default(KahanSum));
            var constant = true;
            for (var index = 0; index < window.Values.Length; index++)
            {
                var x = (window.Times[index] - origin) / 1000.0;
                var y = window.Values[index];
                constant &= y == window.Values[0];
                sumX.Add(x);
                sumY.Add(y);
                sumXY.Add(x * y);
                sumXX.Add(x * x);
            }

            if (constant)
            {
                return double.IsInfinity(window.Values[0]) ? (double.NaN, double.NaN) : (0, window.Values[0]);
            }

            double n = window.Values.Length;
            var (x1, y1) = (sumX.Sum + sumX.Compensation, sumY.Sum + sumY.Compensation);
            var covariance = sumXY.Sum + sumXY.Compensation - (x1 * y1 / n);
            var variance = sumXX.Sum + sumXX.Compensation - (x1 * x1 / n);
            var slope = covariance / variance;
            return (slope, (y1 / n) - (slope * x1 / n));
        }
    }

    private readonly struct Smoothing(double[] levels, double[] trends) : IFloatFunction
    {
        public double Apply(in Window window)
        {
            var level = Checked(levels[window.Step], "smoothing", "sf");
            var trendFactor = Checked(trends[window.Step], "trend", "tf");
            var values = window.Values;
            if (values.Length < 2)
            {
                return Column.Absent;
            }

            var previous = 0.0;
            var current = values[0];
            var trend = values[1] - values[0];
            for (var index = 1; index < values.Length; index++)
            {
                trend = index == 1 ? trend : (trendFactor * (current - previous)) + ((1 - trendFactor) * trend);
                (previous, current) = (current, (level * values[index]) + ((1 - level) * (current + trend)));
            }

            return current;
        }

        private static double Checked(double factor, string name, string symbol) => factor is > 0 and < 1
            ? factor
            : throw new PromQLExecutionException(
                $"invalid {name} factor. Expected: 0 < {symbol} < 1, got: {factor.ToString("F6", CultureInfo.InvariantCulture)}");
    }
}

/// <summary>Counts the changes of value, or the counter resets, from sample to sample.</summary>
internal readonly struct TransitionCount(bool resets) : IWindowFunction
{
    public void Begin(RangeSamples samples, WindowNotes notes)
    {
    }

    public void Apply(in Window window, Column output)
    {
        if (window.Histograms.Length > 0)
        {
            output.Values[window.Step] = CountBoth(window);
            return;
        }

        var count = 0;
        var values = window.Values;
        for (var index = 1; index < values.Length; index++)
        {
            count += IsTransition(values[index - 1], values[index]) ? 1 : 0;
        }

        output.Values[window.Step] = count;
    }

    public bool IsTransition(double before, double after) =>
        resets ? after < before : after != before && !(double.IsNaN(after) && double.IsNaN(before));

    private bool IsTransition(HistogramSample before, HistogramSample after) =>
        resets ? HistogramMath.IsReset(before, after) : !HistogramMath.Equal(before, after);

    /// <summary>A change of kind is a change, and a reset.</summary>
    private double CountBoth(in Window window)
    {
        var count = 0;
        var (next, nextHistogram) = (0, 0);
        double? value = null;
        HistogramSample? histogram = null;
        while (next < window.Values.Length || nextHistogram < window.Histograms.Length)
        {
            var takeFloat = nextHistogram >= window.Histograms.Length
                || (next < window.Values.Length && window.Times[next] < window.HistogramTimes[nextHistogram]);
            if (takeFloat)
            {
                var current = window.Values[next++];
                count += histogram is not null || (value is { } before && IsTransition(before, current)) ? 1 : 0;
                (value, histogram) = (current, null);
            }
            else
            {
                var current = window.Histograms[nextHistogram++];
                count += value is not null || (histogram is not null && IsTransition(histogram, current)) ? 1 : 0;
                (value, histogram) = (null, current);
            }
        }

        return count;
    }
}
