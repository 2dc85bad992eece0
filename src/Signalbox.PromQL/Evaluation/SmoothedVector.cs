using Signalbox.PromQL.Functions;
using Signalbox.PromQL.Histograms;
using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Evaluation;

/// <summary>An instant selector with the experimental <c>smoothed</c>: between two samples the value is interpolated.</summary>
internal sealed class SmoothedVector(QueryContext context, StepGrid grid, IReadOnlyList<ISeries> series, SampleWindow window, WindowNotes notes)
    : VectorOperator(grid, SelectorVector.HeadersOf(series))
{
    private readonly RangeSamples _samples = new(context.Buffers);

    public override void Read(int index, Column into)
    {
        context.ThrowIfCancelled();
        _samples.Source.Clear();
        var read = Selection.WindowOf(Syntax.SelectionMode.Smoothed, window with { Range = 0 }, Grid.Start, Grid.End, window.Range);
        series[index].Read(read, _samples.Source, context.CancellationToken);
        context.Samples.CountRead(_samples.Source.Count);
        _samples.Accept();
        into.Clear();
        notes.Labels = series[index].Labels;
        var (next, nextHistogram) = (0, 0);
        for (var step = 0; step < into.Count; step++)
        {
            var time = window.End(Grid.Time(step));
            Advance(_samples.Times, time, ref next);
            Advance(_samples.HistogramTimes, time, ref nextHistogram);
            if (Touches(_samples.Times, next, time) && Touches(_samples.HistogramTimes, nextHistogram, time))
            {
                notes.WarnMixed();
            }
            else if (HasBefore(_samples.Times, next, time))
            {
                into.Values[step] = Float(next, time);
            }
            else if (HasBefore(_samples.HistogramTimes, nextHistogram, time))
            {
                if (Histogram(nextHistogram, time) is { } histogram)
                {
                    into.SetHistogram(step, histogram);
                }
                else
                {
                    HistogramWindows.WarnIncompatible(notes);
                }
            }
        }
    }

    private static void Advance(ReadOnlySpan<long> times, long time, ref int next)
    {
        while (next < times.Length && times[next] <= time)
        {
            next++;
        }
    }

    private bool HasBefore(ReadOnlySpan<long> times, int next, long time) => next > 0 && times[next - 1] > time - window.Range;

    private bool HasAfter(ReadOnlySpan<long> times, int next, long time) =>
        next < times.Length && times[next] <= time + window.Range && times[next - 1] < time;

    private static double Share(ReadOnlySpan<long> times, int next, long time) =>
        (double)(time - times[next - 1]) / (times[next] - times[next - 1]);

    private double Float(int next, long time)
    {
        var before = _samples.Values[next - 1];
        return HasAfter(_samples.Times, next, time)
            ? before + ((_samples.Values[next] - before) * Share(_samples.Times, next, time))
            : before;
    }

    private HistogramSample? Histogram(int next, long time)
    {
        var before = _samples.Histograms[next - 1];
        return HasAfter(_samples.HistogramTimes, next, time)
            ? HistogramInterpolation.Between(
                _samples.HistogramTimes, _samples.Histograms, next - 1, time, before.CounterResetHint != CounterResetHint.Gauge, afterReset: true)
            : before;
    }

    private bool Touches(ReadOnlySpan<long> times, int next, long time) =>
        HasBefore(times, next, time) || (next < times.Length && times[next] <= time + window.Range);
}
