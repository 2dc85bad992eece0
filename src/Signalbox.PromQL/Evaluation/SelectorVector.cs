using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Evaluation;

/// <summary>Which samples a selector means at a step.</summary>
/// <param name="Range">Length of the window before its end, in milliseconds; the left end is open.</param>
/// <param name="Offset">Milliseconds that the window lies in the past of the evaluation time.</param>
/// <param name="At">A fixed moment instead of the evaluation time.</param>
internal readonly record struct SampleWindow(long Range, long Offset, long? At)
{
    public long End(long evaluationTime) => (At ?? evaluationTime) - Offset;
}

/// <summary>An instant vector selector: at each step the newest sample within the lookback.</summary>
internal class SelectorVector(QueryContext context, StepGrid grid, IReadOnlyList<ISeries> series, SampleWindow window)
    : VectorOperator(grid, HeadersOf(series))
{
    private readonly SampleBuffer _buffer = context.Buffers.Rent();

    public static SeriesHeader[] HeadersOf(IReadOnlyList<ISeries> series)
    {
        var headers = new SeriesHeader[series.Count];
        for (var index = 0; index < headers.Length; index++)
        {
            headers[index] = new SeriesHeader(series[index].Labels, false);
        }

        return headers;
    }

    public override void Read(int index, Column into)
    {
        context.ThrowIfCancelled();
        _buffer.Clear();
        var first = window.End(Grid.Start) - window.Range + 1;
        series[index].Read(new TimeWindow(first, window.End(Grid.End)), _buffer, context.CancellationToken);
        context.Samples.CountRead(_buffer.Count);
        Fill(_buffer, into);
    }

    protected virtual void Fill(SampleBuffer buffer, Column into)
    {
        var times = buffer.Timestamps;
        var values = buffer.Values;
        into.DropHistograms();
        var output = into.Values;
        var latest = -1;
        for (var step = 0; step < output.Length; step++)
        {
            latest = Latest(times, latest, step);
            if (latest < 0 || times[latest] <= EndOf(step) - window.Range)
            {
                output[step] = Column.Absent;
            }
            else if (buffer.HistogramAt(latest) is { } histogram)
            {
                into.SetHistogram(step, histogram);
            }
            else
            {
                output[step] = values[latest];
            }
        }
    }

    protected long EndOf(int step) => window.End(Grid.Time(step));

    protected bool IsVisible(long time, int step) => time > EndOf(step) - window.Range;

    protected int Latest(ReadOnlySpan<long> times, int latest, int step)
    {
        var end = EndOf(step);
        while (latest + 1 < times.Length && times[latest + 1] <= end)
        {
            latest++;
        }

        return latest;
    }
}

/// <summary>What <c>timestamp()</c> gives of a selector: the time of the sample that was selected, in seconds.</summary>
internal sealed class SelectorTimestamps(QueryContext context, StepGrid grid, IReadOnlyList<ISeries> series, SampleWindow window)
    : SelectorVector(context, grid, series, window)
{
    protected override void Fill(SampleBuffer buffer, Column into)
    {
        into.Clear();
        var times = buffer.Timestamps;
        var latest = -1;
        for (var step = 0; step < into.Count; step++)
        {
            latest = Latest(times, latest, step);
            if (latest >= 0 && IsVisible(times[latest], step) && !(StaleMarker.Is(buffer.Values[latest]) && buffer.HistogramAt(latest) is null))
            {
                into.Values[step] = times[latest] / 1000.0;
            }
        }
    }
}
