using Signalbox.PromQL.Evaluation;

namespace Signalbox.PromQL.Functions;

/// <summary>A function of a range vector: slides over each series once, both ends of the window moving forward only.</summary>
internal sealed class WindowVector<T> : VectorOperator
    where T : struct, IWindowFunction
{
    private readonly RangeOperator _range;
    private readonly QueryContext _context;
    private readonly RangeSamples _samples;
    private readonly WindowNotes _notes;
    private T _function;

    public WindowVector(FunctionCall call, RangeOperator range, SeriesHeader[] headers, int place, T function)
        : base(call.Grid, headers)
    {
        _range = range;
        _context = call.Context;
        _samples = new RangeSamples(call.Context.Buffers);
        _notes = new WindowNotes(call.Context.Annotations, call.Place(place));
        _function = function;
    }

    public override void Read(int series, Column into)
    {
        _range.Read(series, _samples);
        _context.Samples.Hold(_samples.Source.Count);
        into.Clear();
        _notes.Labels = _range.Headers[series].Labels;
        ref var function = ref _function;
        function.Begin(_samples, _notes);
        if (_samples.Histograms.Length == 0)
        {
            SlideOverFloats(ref function, into);
        }
        else
        {
            SlideOverBoth(ref function, into);
        }

        _context.Samples.Release(_samples.Source.Count);
    }

    private void SlideOverFloats(ref T function, Column into)
    {
        var times = _samples.Times;
        var values = _samples.Values;
        var (first, next) = (0, 0);
        for (var step = 0; step < into.Count; step++)
        {
            CheckNowAndThen(step);
            var time = Grid.Time(step);
            var end = _range.Window.End(time);
            var start = end - _range.Window.Range;
            Move(times, start, end, ref first, ref next);
            if (next == first)
            {
                continue;
            }

            var window = new Window
            {
                Times = times[first..next],
                Values = values[first..next],
                First = first,
                Start = start,
                End = end,
                Step = step,
                EvaluationTime = time,
            };
            function.Apply(window, into);
        }
    }

    private void SlideOverBoth(ref T function, Column into)
    {
        var times = _samples.Times;
        var histogramTimes = _samples.HistogramTimes;
        var (first, next, firstHistogram, nextHistogram) = (0, 0, 0, 0);
        for (var step = 0; step < into.Count; step++)
        {
            CheckNowAndThen(step);
            var time = Grid.Time(step);
            var end = _range.Window.End(time);
            var start = end - _range.Window.Range;
            Move(times, start, end, ref first, ref next);
            Move(histogramTimes, start, end, ref firstHistogram, ref nextHistogram);
            if (next == first && nextHistogram == firstHistogram)
            {
                continue;
            }

            var window = new Window
            {
                Times = times[first..next],
                Values = _samples.Values[first..next],
                HistogramTimes = histogramTimes[firstHistogram..nextHistogram],
                Histograms = _samples.Histograms[firstHistogram..nextHistogram],
                First = first,
                Start = start,
                End = end,
                Step = step,
                EvaluationTime = time,
            };
            function.Apply(window, into);
        }
    }

    /// <summary>One series alone may take long when its windows are.</summary>
    private void CheckNowAndThen(int step)
    {
        if ((step & 63) == 63)
        {
            _context.ThrowIfCancelled();
        }
    }

    private static void Move(ReadOnlySpan<long> times, long start, long end, ref int first, ref int next)
    {
        while (next < times.Length && times[next] <= end)
        {
            next++;
        }

        while (first < next && times[first] <= start)
        {
            first++;
        }
    }
}

/// <summary>Makes operators of window functions.</summary>
internal static class Windows
{
    /// <summary>The function over the range vector at the argument's position; the name is dropped unless it is kept on purpose.</summary>
    public static VectorOperator Over<T>(FunctionCall call, T function, int argument = 0, bool keepName = false)
        where T : struct, IWindowFunction
    {
        var range = call.Range(argument);
        var headers = keepName ? range.Headers : Headers.WithoutNames(range.Headers, call.Context);
        return call.Merged(new WindowVector<T>(call, range, headers, argument, function));
    }

    public static VectorOperator OverFloats<T>(FunctionCall call, T function, int argument = 0)
        where T : struct, IFloatFunction => Over(call, new FloatsOnly<T>(function), argument);
}
