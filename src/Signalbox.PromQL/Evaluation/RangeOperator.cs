using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Evaluation;

/// <summary>A range vector: for each series the samples that all windows of a grid need, read once.</summary>
internal abstract class RangeOperator(StepGrid grid, SeriesHeader[] headers, SampleWindow window)
{
    public StepGrid Grid => grid;

    public SeriesHeader[] Headers => headers;

    public SampleWindow Window => window;

    public virtual SelectionMode Mode => SelectionMode.Plain;

    /// <summary>Reads one series, from the first step's window to the last step's.</summary>
    public abstract void Read(int series, RangeSamples into);
}

/// <summary>A range vector selector.</summary>
internal sealed class MatrixRange(QueryContext context, StepGrid grid, VectorSelector selector, IReadOnlyList<ISeries> series, SampleWindow window)
    : RangeOperator(grid, SelectorVector.HeadersOf(series), window)
{
    private readonly TimeWindow _read = Selection.WindowOf(selector.Mode, window, grid.Start, grid.End, context.Settings.LookbackMilliseconds);

    public override SelectionMode Mode => selector.Mode;

    public override void Read(int index, RangeSamples into)
    {
        context.ThrowIfCancelled();
        into.Source.Clear();
        series[index].Read(_read, into.Source, context.CancellationToken);
        context.Samples.CountRead(into.Source.Count);
        into.Accept();
        if (into.Source.Count > context.Settings.Options.MaxSamples)
        {
            context.Samples.Hold(into.Source.Count);
        }
    }
}

/// <summary>A subquery: an instant vector on a grid of its own, whose values are the samples.</summary>
internal sealed class SubqueryRange(QueryContext context, StepGrid grid, VectorOperator inner, SampleWindow window)
    : RangeOperator(grid, inner.Headers, window)
{
    public override void Read(int series, RangeSamples into)
    {
        context.ThrowIfCancelled();
        var column = context.Columns.Rent(inner.Grid.Count);
        inner.Read(series, column);
        into.Source.Clear();
        var values = column.Values;
        for (var step = 0; step < values.Length; step++)
        {
            if (Column.IsAbsent(values[step]))
            {
                continue;
            }

            if (column.HistogramAt(step) is { } histogram)
            {
                // Samples may be skipped between two steps, so what a sample knows about the one before it no longer holds.
                var gauge = histogram.CounterResetHint == CounterResetHint.Gauge;
                into.Source.Append(inner.Grid.Time(step), gauge ? histogram : histogram with { CounterResetHint = CounterResetHint.Unknown });
            }
            else
            {
                into.Source.Append(inner.Grid.Time(step), values[step]);
            }
        }

        context.Columns.Return(column);
        into.Accept();
    }
}
