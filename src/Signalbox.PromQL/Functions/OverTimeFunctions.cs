using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Histograms;

namespace Signalbox.PromQL.Functions;

/// <summary>Aggregations of one series over a window.</summary>
internal static class OverTimeFunctions
{
    public static readonly Dictionary<string, Func<FunctionCall, VectorOperator>> All = new(StringComparer.Ordinal)
    {
        ["sum_over_time"] = static call => Windows.Over(call, new Sum(average: false)),
        ["avg_over_time"] = static call => Windows.Over(call, new Sum(average: true)),
        ["count_over_time"] = static call => Windows.Over(call, new Count()),
        ["present_over_time"] = static call => Windows.Over(call, new Present()),
        ["min_over_time"] = static call => Windows.Over(call, new Extreme(new SlidingExtreme(highest: false))),
        ["max_over_time"] = static call => Windows.Over(call, new Extreme(new SlidingExtreme(highest: true))),
        ["first_over_time"] = static call => Windows.Over(call, new Edge(first: true, time: false), keepName: true),
        ["last_over_time"] = static call => Windows.Over(call, new Edge(first: false, time: false), keepName: true),
        ["ts_of_first_over_time"] = static call => Windows.Over(call, new Edge(first: true, time: true)),
        ["ts_of_last_over_time"] = static call => Windows.Over(call, new Edge(first: false, time: true)),
        ["ts_of_min_over_time"] = static call => Windows.OverFloats(call, new TimeOfExtreme(highest: false)),
        ["ts_of_max_over_time"] = static call => Windows.OverFloats(call, new TimeOfExtreme(highest: true)),
        ["stdvar_over_time"] = static call => Windows.OverFloats(call, new Variance(root: false)),
        ["stddev_over_time"] = static call => Windows.OverFloats(call, new Variance(root: true)),
        ["mad_over_time"] = static call => Windows.OverFloats(call, new MedianDeviation()),
        ["quantile_over_time"] = static call => Windows.Over(call, new Quantile(call.Scalar(0), call), argument: 1),
    };

    /// <summary>The sum, or the mean.</summary>
    private struct Sum(bool average) : IWindowFunction
    {
        private readonly SlidingSum _sliding = new();
        private WindowNotes _notes = null!;

        public void Begin(RangeSamples samples, WindowNotes notes)
        {
            _notes = notes;
            _sliding.Begin(samples.Values.Length);
        }

        public readonly void Apply(in Window window, Column output)
        {
            if (window.Histograms.Length > 0)
            {
                HistogramWindows.SumOrAverage(window, output, average, _notes);
                return;
            }

            var sum = _sliding.Of(window.Values, window.First);
            var count = window.Values.Length;
            if (!double.IsFinite(sum.Sum) || !double.IsFinite(sum.Compensation))
            {
                output.Values[window.Step] = average ? Mean(window.Values) : Total(window.Values);
            }
            else
            {
                output.Values[window.Step] = average ? (sum.Sum / count) + (sum.Compensation / count) : sum.Sum + sum.Compensation;
            }
        }

        private static double Total(ReadOnlySpan<double> values)
        {
            var sum = default(KahanSum);
            foreach (var value in values)
            {
                sum.Add(value);
            }

            return sum.Value;
        }

        private static double Mean(ReadOnlySpan<double> values)
        {
            var mean = default(KahanMean);
            foreach (var value in values)
            {
                mean.Add(value);
            }

            return mean.Value;
        }
    }

    private struct Count : IWindowFunction
    {
        public readonly void Begin(RangeSamples samples, WindowNotes notes)
        {
        }

        public readonly void Apply(in Window window, Column output) =>
            output.Values[window.Step] = window.Values.Length + window.Histograms.Length;
    }

    private struct Present : IWindowFunction
    {
        public readonly void Begin(RangeSamples samples, WindowNotes notes)
        {
        }

        public readonly void Apply(in Window window, Column output) => output.Values[window.Step] = 1;
    }

    private struct Extreme(SlidingExtreme sliding) : IWindowFunction
    {
        private WindowNotes _notes = null!;

        public void Begin(RangeSamples samples, WindowNotes notes)
        {
            _notes = notes;
            sliding.Begin(samples.Values.Length);
        }

        public readonly void Apply(in Window window, Column output)
        {
            if (window.Values.Length == 0)
            {
                return;
            }

            if (window.Histograms.Length > 0)
            {
                _notes.InformHistogramsIgnored();
            }

            output.Values[window.Step] = sliding.Of(window.Values, window.First);
        }
    }

    /// <summary>The first or last sample of either kind, or its time in seconds.</summary>
    private readonly struct Edge(bool first, bool time) : IWindowFunction
    {
        public void Begin(RangeSamples samples, WindowNotes notes)
        {
        }

        public void Apply(in Window window, Column output)
        {
            var floats = window.Times.Length;
            var histograms = window.HistogramTimes.Length;
            var index = first ? 0 : floats - 1;
            var histogram = first ? 0 : histograms - 1;
            var takeFloat = histograms == 0 || (floats > 0 && (window.Times[index] < window.HistogramTimes[histogram]) == first);
            if (time)
            {
                output.Values[window.Step] = (takeFloat ? window.Times[index] : window.HistogramTimes[histogram]) / 1000.0;
            }
            else if (takeFloat)
            {
                output.Values[window.Step] = window.Values[index];
            }
            else
            {
                output.SetHistogram(window.Step, window.Histograms[histogram]);
            }
        }
    }

    /// <summary>The time, in seconds, of the last sample with the extreme value.</summary>
    private readonly struct TimeOfExtreme(bool highest) : IFloatFunction
    {
        public double Apply(in Window window)
        {
            var best = 0;
            for (var index = 1; index < window.Values.Length; index++)
            {
                var value = window.Values[index];
                var known = window.Values[best];
                best = double.IsNaN(known) || (highest ? value >= known : value <= known) ? index : best;
            }

            return window.Times[best] / 1000.0;
        }
    }

    private readonly struct Variance(bool root) : IFloatFunction
    {
        public double Apply(in Window window)
        {
            var count = 0.0;
            var mean = default(KahanSum);
            var squares = default(KahanSum);
            foreach (var value in window.Values)
            {
                count++;
                var delta = value - (mean.Sum + mean.Compensation);
                mean.Add(delta / count);
                squares.Add(delta * (value - (mean.Sum + mean.Compensation)));
            }

            var variance = (squares.Sum + squares.Compensation) / count;
            return root ? Math.Sqrt(variance) : variance;
        }
    }

    private readonly struct MedianDeviation : IFloatFunction
    {
        public double Apply(in Window window)
        {
            var values = window.Values.ToArray();
            if (Array.Exists(values, double.IsNaN))
            {
                return double.NaN;
            }

            Array.Sort(values);
            var median = Quantiles.OfSorted(0.5, values);
            for (var index = 0; index < values.Length; index++)
            {
                values[index] = Math.Abs(values[index] - median);
            }

            Array.Sort(values);
            return Quantiles.OfSorted(0.5, values);
        }
    }

    private struct Quantile(double[] quantiles, FunctionCall call) : IWindowFunction
    {
        private WindowNotes _notes = null!;
        private double[] _sorted = [];

        public void Begin(RangeSamples samples, WindowNotes notes)
        {
            _notes = notes;
            if (_sorted.Length < samples.Values.Length)
            {
                _sorted = new double[samples.Values.Length];
            }
        }

        public readonly void Apply(in Window window, Column output)
        {
            if (window.Values.Length == 0)
            {
                return;
            }

            var quantile = quantiles[window.Step];
            Quantiles.WarnIfInvalid(quantile, call.Context.Annotations, call.Place(0));
            if (window.Histograms.Length > 0)
            {
                _notes.InformHistogramsIgnored();
            }

            var sorted = _sorted.AsSpan(0, window.Values.Length);
            window.Values.CopyTo(sorted);
            sorted.Sort();
            output.Values[window.Step] = Quantiles.OfSorted(quantile, sorted);
        }
    }
}
