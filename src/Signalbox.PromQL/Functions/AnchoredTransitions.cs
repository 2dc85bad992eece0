using Signalbox.PromQL.Evaluation;

namespace Signalbox.PromQL.Functions;

/// <summary><c>changes</c> and <c>resets</c> with the experimental <c>anchored</c>: the last sample before the window takes part.</summary>
internal sealed class AnchoredTransitions(FunctionCall call, RangeOperator range, SeriesHeader[] headers, bool resets) : VectorOperator(call.Grid, headers)
{
    private readonly RangeSamples _samples = new(call.Context.Buffers);
    private readonly long _lookback = call.Context.Settings.LookbackMilliseconds;
    private readonly TransitionCount _transitions = new(resets);

    public override void Read(int series, Column into)
    {
        range.Read(series, _samples);
        into.Clear();
        for (var step = 0; step < into.Count; step++)
        {
            var end = range.Window.End(Grid.Time(step));
            var start = end - range.Window.Range;
            var next = EdgeVector.After(_samples.Times, end);
            var nextHistogram = EdgeVector.After(_samples.HistogramTimes, end);
            var latest = Math.Max(At(_samples.Times, next - 1), At(_samples.HistogramTimes, nextHistogram - 1));
            if (latest <= start)
            {
                continue;
            }

            var anchor = Math.Max(
                At(_samples.Times, EdgeVector.After(_samples.Times, start) - 1),
                At(_samples.HistogramTimes, EdgeVector.After(_samples.HistogramTimes, start) - 1));
            var from = (anchor > start - _lookback ? anchor : start + 1) - 1;
            var (first, firstHistogram) = (EdgeVector.After(_samples.Times, from), EdgeVector.After(_samples.HistogramTimes, from));
            var window = new Window
            {
                Times = _samples.Times[first..next],
                Values = _samples.Values[first..next],
                HistogramTimes = _samples.HistogramTimes[firstHistogram..nextHistogram],
                Histograms = _samples.Histograms[firstHistogram..nextHistogram],
                Step = step,
            };
            _transitions.Apply(window, into);
        }
    }

    private static long At(ReadOnlySpan<long> times, int index) => index < 0 ? long.MinValue : times[index];
}
