using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Functions;

/// <summary>What an anchored or smoothed window is worth.</summary>
internal interface IEdgeFunction
{
    /// <param name="first">The sample at or before the window's start, or the first one in it.</param>
    /// <param name="last">The last sample in the window; when smoothed, the one at or after its end if there is one.</param>
    double Apply(ReadOnlySpan<long> times, ReadOnlySpan<double> values, int first, int last, in EdgeWindow window);

    HistogramSample? Apply(ReadOnlySpan<long> times, ReadOnlySpan<HistogramSample> values, int first, int last, in EdgeWindow window);
}

/// <summary>One step's window with what surrounds it.</summary>
/// <param name="Start">Left end in milliseconds, exclusive.</param>
/// <param name="End">Right end in milliseconds, inclusive.</param>
/// <param name="Smoothed">Values at the ends are interpolated; otherwise the window is anchored.</param>
internal readonly record struct EdgeWindow(long Start, long End, bool Smoothed, WindowNotes Notes);

/// <summary>A function of a range vector with the experimental <c>anchored</c> or <c>smoothed</c>: samples around the window take part.</summary>
/// <remarks>Source: https://prometheus.io/docs/prometheus/latest/feature_flags/#extended-range-selectors</remarks>
internal sealed class EdgeVector(FunctionCall call, RangeOperator range, SeriesHeader[] headers, IEdgeFunction function) : VectorOperator(call.Grid, headers)
{
    private readonly RangeSamples _samples = new(call.Context.Buffers);
    private readonly WindowNotes _notes = new(call.Context.Annotations, call.Place(0));
    private readonly long _lookback = call.Context.Settings.LookbackMilliseconds;

    public override void Read(int series, Column into)
    {
        range.Read(series, _samples);
        _notes.Labels = range.Headers[series].Labels;
        into.Clear();
        for (var step = 0; step < into.Count; step++)
        {
            var end = range.Window.End(Grid.Time(step));
            var window = new EdgeWindow(end - range.Window.Range, end, range.Mode == SelectionMode.Smoothed, _notes);
            var floats = Find(_samples.Times, window, out var first, out var last);
            var histograms = Find(_samples.HistogramTimes, window, out var firstHistogram, out var lastHistogram);
            if (floats && histograms)
            {
                _notes.WarnMixed();
            }
            else if (floats)
            {
                into.Values[step] = function.Apply(_samples.Times, _samples.Values, first, last, window);
            }
            else if (histograms
                && function.Apply(_samples.HistogramTimes, _samples.Histograms, firstHistogram, lastHistogram, window) is { } result)
            {
                into.SetHistogram(step, result);
            }
        }
    }

    private bool Find(ReadOnlySpan<long> times, in EdgeWindow window, out int first, out int last)
    {
        var low = After(times, window.Start - _lookback);
        var high = After(times, window.End + (window.Smoothed ? _lookback : 0)) - 1;
        first = Math.Max(low, After(times, window.Start) - 1);
        last = window.Smoothed ? Math.Min(high, After(times, window.End - 1)) : high;
        return last >= first && last >= 0 && times[last] > window.Start && times[first] <= window.End;
    }

    /// <summary>Index of the first time greater than the given one.</summary>
    public static int After(ReadOnlySpan<long> times, long time)
    {
        var (low, high) = (0, times.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = times[middle] > time ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
