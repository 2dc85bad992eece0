using Signalbox.PromQL.Functions;
using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Evaluation;

/// <summary>Finds the series of all selectors before the evaluation begins; each distinct selection is asked for once.</summary>
internal sealed class Selection
{
    private readonly QueryContext _context;
    private readonly List<(Expr Selector, TimeWindow Window, IReadOnlyList<LabelMatcher> Matchers)> _wanted = [];

    private Selection(QueryContext context)
    {
        _context = context;
    }

    public static async ValueTask LoadAsync(ISeriesSource source, Expr expression, QueryContext context)
    {
        var selection = new Selection(context);
        selection.Visit(expression, context.Settings.Grid.Start, context.Settings.Grid.End);
        var found = new Dictionary<(TimeWindow, string), IReadOnlyList<ISeries>>();
        foreach (var (selector, window, matchers) in selection._wanted)
        {
            context.ThrowIfCancelled();
            var key = (window, string.Join(',', matchers.Select(static matcher => matcher.ToString())));
            if (!found.TryGetValue(key, out var series))
            {
                series = InOrder(await source.SelectAsync(window, matchers, context.CancellationToken));
                found.Add(key, series);
            }

            context.Put(selector, series);
        }
    }

    /// <summary>The samples that a selector needs between two evaluation times.</summary>
    public static TimeWindow WindowOf(SelectionMode mode, SampleWindow window, long start, long end, long lookback)
    {
        var before = window.Range + (mode == SelectionMode.Plain ? 0 : lookback);
        var after = mode == SelectionMode.Smoothed ? lookback : 0;
        return new TimeWindow(window.End(start) - before + 1, window.End(end) + after);
    }

    public static SampleWindow Shifted(TimeShift shift, long range, QueryContext context) => new(
        range,
        shift.Offset?.Milliseconds(context.Settings.Times) ?? 0,
        shift.Anchor switch
        {
            AtAnchor.Timestamp => shift.Timestamp,
            AtAnchor.Start => context.Settings.Grid.Start,
            AtAnchor.End => context.Settings.Grid.End,
            _ => null,
        });

    /// <summary>The length of a window, which must be positive once duration arithmetic is worked out.</summary>
    public static long Length(DurationExpr duration, QueryContext context)
    {
        var length = duration.Milliseconds(context.Settings.Times);
        return length > 0 ? length : throw new PromQLExecutionException("duration must be greater than 0");
    }

    public static StepGrid SubqueryGrid(SubqueryExpr subquery, SampleWindow window, long start, long end, QueryContext context)
    {
        var step = subquery.Step is { } own ? Length(own, context) : (long)context.Settings.Options.DefaultSubqueryStep.TotalMilliseconds;
        var from = window.End(start) - window.Range;
        var to = window.End(end);

        // The window is open on the left, so the first moment is the first multiple of the step after its start.
        var first = (long)Math.Floor((decimal)from / step) * step + step;
        var count = first > to ? 0 : ((to - first) / step) + 1;
        if (count > context.Settings.Options.MaxSamples)
        {
            context.Samples.Hold(count);
        }

        return new StepGrid(first, step, (int)count);
    }

    private void Visit(Expr expression, long start, long end)
    {
        switch (expression)
        {
            case ParenExpr paren:
                Visit(paren.Inner, start, end);
                break;
            case UnaryExpr unary:
                Visit(unary.Operand, start, end);
                break;
            case BinaryExpr binary:
                Visit(binary.Left, start, end);
                Visit(binary.Right, start, end);
                break;
            case AggregateExpr aggregate:
                Visit(aggregate.Inner, start, end);
                if (aggregate.Parameter is { } parameter)
                {
                    Visit(parameter, start, end);
                }

                break;
            case CallExpr call:
                VisitCall(call, start, end);
                break;
            case SubqueryExpr subquery:
                var shifted = Shifted(subquery.Shift, Length(subquery.Window, _context), _context);
                var grid = SubqueryGrid(subquery, shifted, start, end, _context);
                Visit(subquery.Inner, grid.Start, Math.Max(grid.Start, grid.End));
                break;
            case MatrixSelector matrix:
                Want(matrix.Selector, Length(matrix.Window, _context), start, end);
                break;
            case VectorSelector selector:
                Want(selector, _context.Settings.LookbackMilliseconds, start, end);
                break;
            default:
                break;
        }
    }

    private void VisitCall(CallExpr call, long start, long end)
    {
        foreach (var argument in call.Function == "info" ? call.Arguments.Take(1) : call.Arguments)
        {
            Visit(argument, start, end);
        }

        if (call.Function == "info")
        {
            var matching = new InfoMatching(call, _context);
            var window = WindowOf(SelectionMode.Plain, matching.Window, start, end, 0);
            _wanted.Add((call, window, matching.Matchers));
        }
    }

    private void Want(VectorSelector selector, long range, long start, long end)
    {
        var window = WindowOf(selector.Mode, Shifted(selector.Shift, range, _context), start, end, _context.Settings.LookbackMilliseconds);
        _wanted.Add((selector, window, selector.Matchers));
    }

    /// <summary>Series in label order, so that results do not depend on the order in which a store finds them.</summary>
    private static IReadOnlyList<ISeries> InOrder(IReadOnlyList<ISeries> series)
    {
        for (var index = 1; index < series.Count; index++)
        {
            if (series[index - 1].Labels.CompareTo(series[index].Labels) > 0)
            {
                var sorted = series.ToArray();
                Array.Sort(sorted, static (left, right) => left.Labels.CompareTo(right.Labels));
                return sorted;
            }
        }

        return series;
    }
}
