using Signalbox.PromQL.Histograms;
using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Functions;

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
        var interpolateLeft = window.Smoothed && times[first] < window.Start;
        var interpolateRight = window.Smoothed && times[last] > window.End;
        HistogramSample? change;
        if (first == last)
        {
            change = HistogramMath.Scale(values[first], 0);
        }
        else if (interpolateLeft && interpolateRight && last == first + 1)
        {
            var rise = isCounter && HistogramMath.IsReset(values[first], values[last])
                ? values[last]
                : HistogramMath.TryAdd(values[last], values[first], -1, out _);
            change = rise is null ? null : HistogramMath.Scale(rise, (double)(window.End - window.Start) / (times[last] - times[first]));
        }
        else
        {
            change = OverSamples(times, values, first, last, interpolateLeft, interpolateRight, window);
        }

        return change is null ? null : HistogramMath.Gauge(perSecond ? HistogramMath.Scale(change, 1 / (range / 1000.0)) : change);
    }

    private HistogramSample? OverSamples(
        ReadOnlySpan<long> times, ReadOnlySpan<HistogramSample> values, int first, int last, bool interpolateLeft, bool interpolateRight, in EdgeWindow window)
    {
        var samples = values[first..(last + 1)].ToArray();
        if (interpolateLeft)
        {
            if (HistogramInterpolation.Between(times, values, first, window.Start, isCounter, afterReset: true) is not { } left)
            {
                HistogramWindows.WarnIncompatible(window.Notes);
                return null;
            }

            // The reset that the next sample may report lies before the window's start now.
            (samples[0], samples[1]) = (left, HistogramInterpolation.WithoutHint(samples[1]));
        }

        if (interpolateRight)
        {
            if (HistogramInterpolation.Between(times, values, last - 1, window.End, isCounter, afterReset: false) is not { } right)
            {
                HistogramWindows.WarnIncompatible(window.Notes);
                return null;
            }

            samples[^1] = right;
        }

        return HistogramWindows.Change(samples, isCounter, window.Notes);
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
}
