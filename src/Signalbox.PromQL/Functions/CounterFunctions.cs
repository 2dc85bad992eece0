using System.Runtime.InteropServices;
using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Histograms;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Functions;

/// <summary>How values change over a window: <c>rate</c> and its family.</summary>
internal static class CounterFunctions
{
    public static readonly Dictionary<string, Func<FunctionCall, VectorOperator>> All = new(StringComparer.Ordinal)
    {
        ["rate"] = static call => Extrapolated(call, isCounter: true, perSecond: true),
        ["increase"] = static call => Extrapolated(call, isCounter: true, perSecond: false),
        ["delta"] = static call => Extrapolated(call, isCounter: false, perSecond: false),
        ["irate"] = static call => Windows.Over(call, new InstantChange(perSecond: true)),
        ["idelta"] = static call => Windows.Over(call, new InstantChange(perSecond: false)),
    };

    private static readonly string[] CounterSuffixes = ["_total", "_sum", "_count", "_bucket"];

    private static VectorOperator Extrapolated(FunctionCall call, bool isCounter, bool perSecond)
    {
        var range = call.Range(0);
        var headers = Headers.WithoutNames(range.Headers, call.Context);
        var named = isCounter ? CounterSuffixes : null;
        VectorOperator result = range.Mode == SelectionMode.Plain
            ? new WindowVector<ExtrapolatedChange>(call, range, headers, 0, new ExtrapolatedChange(isCounter, perSecond, range.Window.Range, named))
            : new EdgeVector(call, range, headers, new EdgeChange(isCounter, perSecond, range.Window.Range));
        return call.Merged(result);
    }

    /// <summary>The change over the window, extrapolated towards its ends.</summary>
    private struct ExtrapolatedChange(bool isCounter, bool perSecond, long range, string[]? counterSuffixes) : IWindowFunction
    {
        private List<int>? _resets;
        private int _nextReset;
        private bool _namedLikeCounter;
        private WindowNotes _notes = null!;

        public void Begin(RangeSamples samples, WindowNotes notes)
        {
            _notes = notes;
            var name = notes.Labels.Name;
            _namedLikeCounter = counterSuffixes is null || name.Length == 0 || Array.Exists(counterSuffixes, suffix => name.EndsWith(suffix, StringComparison.Ordinal));
            _resets ??= [];
            _resets.Clear();
            _nextReset = 0;
            if (!isCounter)
            {
                return;
            }

            var values = samples.Values;
            for (var index = 1; index < values.Length; index++)
            {
                if (values[index] < values[index - 1])
                {
                    _resets.Add(index);
                }
            }
        }

        public void Apply(in Window window, Column output)
        {
            if (window.Histograms.Length > 0)
            {
                ApplyHistograms(window, output);
                return;
            }

            var values = window.Values;
            if (values.Length < 2)
            {
                return;
            }

            var change = values[^1] - values[0];
            var resets = CollectionsMarshal.AsSpan(_resets);
            while (_nextReset < resets.Length && resets[_nextReset] <= window.First)
            {
                _nextReset++;
            }

            for (var next = _nextReset; next < resets.Length && resets[next] < window.First + values.Length; next++)
            {
                change += values[resets[next] - 1 - window.First];
            }

            output.Values[window.Step] = change * Factor(window, window.Times, values[0], change);
            if (!_namedLikeCounter)
            {
                _notes.Annotations.Inform(
                    $"metric might not be a counter, name does not end in _total/_sum/_count/_bucket: {StringText.Quote(_notes.Labels.Name)}", _notes.Place);
                _namedLikeCounter = true;
            }
        }

        private readonly void ApplyHistograms(in Window window, Column output)
        {
            if (window.Values.Length > 0)
            {
                _notes.WarnMixed();
                return;
            }

            if (window.Histograms.Length < 2 || HistogramWindows.Change(window.Histograms, isCounter, _notes) is not { } change)
            {
                return;
            }

            var factor = Factor(window, window.HistogramTimes, window.Histograms[0].Count, change.Count);
            output.SetHistogram(window.Step, HistogramMath.Gauge(HistogramMath.Scale(change, factor)));
        }

        /// <summary>How much longer than the sampled interval the change is taken to last; for a rate, divided by the window's seconds.</summary>
        private readonly double Factor(in Window window, ReadOnlySpan<long> times, double first, double change)
        {
            // All in milliseconds: only ratios matter.
            double sampled = times[^1] - times[0];
            double toStart = times[0] - window.Start;
            double toEnd = window.End - times[^1];

            // A gap of more than a tenth over the usual interval means the series begins or ends inside the window: then half an interval is assumed.
            var average = sampled / (times.Length - 1);
            var threshold = average * 1.1;
            toStart = toStart >= threshold ? average / 2 : toStart;
            toEnd = toEnd >= threshold ? average / 2 : toEnd;

            // A counter is not extrapolated to before the time at which it would have been 0.
            if (isCounter && change > 0 && first >= 0 && sampled * first < toStart * change)
            {
                toStart = sampled * (first / change);
            }

            var factor = (sampled + toStart + toEnd) / sampled;
            return perSecond ? factor / (range / 1000.0) : factor;
        }
    }

    /// <summary>The change between the last two samples.</summary>
    private struct InstantChange(bool perSecond) : IWindowFunction
    {
        private WindowNotes _notes = null!;

        public void Begin(RangeSamples samples, WindowNotes notes) => _notes = notes;

        public readonly void Apply(in Window window, Column output)
        {
            var values = window.Values;
            if (window.Histograms.Length > 0)
            {
                ApplyHistograms(window, output);
            }
            else if (values.Length >= 2)
            {
                var change = perSecond && values[^1] < values[^2] ? values[^1] : values[^1] - values[^2];
                output.Values[window.Step] = perSecond ? change / Seconds(window.Times[^2], window.Times[^1]) : change;
            }
        }

        private static double Seconds(long from, long to) => (to - from) / 1000.0;

        /// <summary>The last two samples decide: two floats, two histograms, or a mix that has no result.</summary>
        private readonly void ApplyHistograms(in Window window, Column output)
        {
            var (floats, histograms) = (window.Values.Length, window.Histograms.Length);
            if (floats + histograms < 2)
            {
                return;
            }

            if (floats >= 2 && window.Times[^2] > window.HistogramTimes[^1])
            {
                Apply(new Window { Times = window.Times, Values = window.Values, Step = window.Step }, output);
            }
            else if (histograms >= 2 && (floats == 0 || window.HistogramTimes[^2] > window.Times[^1]))
            {
                if (HistogramWindows.InstantChange(window.Histograms[^2], window.Histograms[^1], perSecond, _notes) is { } change)
                {
                    var factor = perSecond ? 1 / Seconds(window.HistogramTimes[^2], window.HistogramTimes[^1]) : 1;
                    output.SetHistogram(window.Step, HistogramMath.Gauge(HistogramMath.Scale(change, factor)));
                }
            }
            else
            {
                _notes.WarnMixed();
            }
        }
    }
}
