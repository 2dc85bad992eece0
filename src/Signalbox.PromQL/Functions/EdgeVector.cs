using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Histograms;
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
    private static int After(ReadOnlySpan<long> times, long time)
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

/// <summary><c>changes</c> and <c>resets</c> from the anchor on.</summary>
internal sealed class EdgeTransitions(bool resets) : IEdgeFunction
{
    public double Apply(ReadOnlySpan<long> times, ReadOnlySpan<double> values, int first, int last, in EdgeWindow window)
    {
        var transitions = new TransitionCount(resets);
        var count = 0;
        for (var index = first + 1; index <= last; index++)
        {
            count += transitions.IsTransition(values[index - 1], values[index]) ? 1 : 0;
        }

        return count;
    }

    public HistogramSample? Apply(ReadOnlySpan<long> times, ReadOnlySpan<HistogramSample> values, int first, int last, in EdgeWindow window) => null;
}

/// <summary><c>rate</c>, <c>increase</c> and <c>delta</c> between values at the window's ends.</summary>
internal sealed class EdgeChange(bool isCounter, bool perSecond, long range) : IEdgeFunction
{
    public double Apply(ReadOnlySpan<long> times, ReadOnlySpan<double> values, int first, int last, in EdgeWindow window)
    {
        var interpolateLeft = window.Smoothed && times[first] < window.Start;
        var interpolateRight = window.Smoothed && times[last] > window.End;
        double change;
        if (interpolateLeft && interpolateRight && last == first + 1)
        {
            // Both ends lie between the same two samples; after a reset the counter is taken to have grown from 0.
            var rise = isCounter && values[last] < values[first] ? values[last] : values[last] - values[first];
            change = rise * (window.End - window.Start) / (times[last] - times[first]);
        }
        else
        {
            var left = interpolateLeft ? AtStart(times, values, first, window.Start) : values[first];
            var right = interpolateRight ? AtEnd(times, values, last, window.End) : values[last];
            var from = times[first] <= window.Start ? first + 1 : first;
            var to = times[last] >= window.End ? last - 1 : last;
            change = right - left + (isCounter ? Resets(left, right, from <= to ? values[from..(to + 1)] : []) : 0);
        }

        return perSecond ? change / (range / 1000.0) : change;
    }

    public HistogramSample? Apply(ReadOnlySpan<long> times, ReadOnlySpan<HistogramSample> values, int first, int last, in EdgeWindow window)
    {
        var samples = values[first..(last + 1)].ToArray();
        if (samples.Length == 1)
        {
            return HistogramMath.Gauge(HistogramMath.Scale(samples[0], 0));
        }

        if (window.Smoothed && times[first] < window.Start)
        {
            samples[0] = Between(times, values, first, window.Start, left: true, window.Notes);
        }

        if (window.Smoothed && times[last] > window.End)
        {
            samples[^1] = Between(times, values, last - 1, window.End, left: false, window.Notes);
        }

        var change = HistogramWindows.Change(samples, isCounter, window.Notes);
        return change is null ? null : HistogramMath.Gauge(perSecond ? HistogramMath.Scale(change, 1 / (range / 1000.0)) : change);
    }

    private double AtStart(ReadOnlySpan<long> times, ReadOnlySpan<double> values, int index, long time)
    {
        var before = isCounter && values[index + 1] < values[index] ? 0 : values[index];
        return before + ((values[index + 1] - before) * (time - times[index]) / (times[index + 1] - times[index]));
    }

    private double AtEnd(ReadOnlySpan<long> times, ReadOnlySpan<double> values, int index, long time)
    {
        var before = values[index - 1];
        var after = isCounter && values[index] < before ? values[index] + before : values[index];
        return before + ((after - before) * (time - times[index - 1]) / (times[index] - times[index - 1]));
    }

    private static double Resets(double left, double right, ReadOnlySpan<double> inside)
    {
        var correction = 0.0;
        var previous = left;
        foreach (var value in inside)
        {
            correction += value < previous ? previous : 0;
            previous = value;
        }

        return correction + (right < previous ? previous : 0);
    }

    private HistogramSample Between(
        ReadOnlySpan<long> times, ReadOnlySpan<HistogramSample> values, int index, long time, bool left, WindowNotes notes)
    {
        var (before, after) = (values[index], values[index + 1]);
        var share = (double)(time - times[index]) / (times[index + 1] - times[index]);
        if (isCounter && HistogramMath.IsReset(before, after))
        {
            // Grown from nothing since the reset: at the left end that is all there is, at the right end it comes on top.
            var grown = HistogramMath.Scale(after, share);
            return left ? grown : HistogramMath.TryAdd(before, grown, 1, out _) ?? after;
        }

        if (HistogramMath.TryAdd(after, before, -1, out _) is { } rise)
        {
            return HistogramMath.TryAdd(before, HistogramMath.Scale(rise, share), 1, out _) ?? after;
        }

        HistogramWindows.WarnIncompatible(notes);
        return after;
    }
}
