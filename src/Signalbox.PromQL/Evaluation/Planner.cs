using Signalbox.PromQL.Functions;
using Signalbox.PromQL.Grouping;
using Signalbox.PromQL.Matching;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Evaluation;

/// <summary>Turns expressions into operators.</summary>
internal sealed class Planner(QueryContext context)
{
    private bool _detectsResets;

    public QueryContext Context => context;

    /// <summary>An instant vector; what does not depend on the evaluation time is computed once.</summary>
    public VectorOperator Vector(Expr expression, StepGrid grid)
    {
        if (grid.Count > 1 && expression is not (ParenExpr or StringLiteral) && StepInvariance.Holds(expression))
        {
            return new RepeatedVector(grid, Build(expression, grid with { Count = 1 }), context.Columns);
        }

        return Build(expression, grid);
    }

    /// <summary>
    /// An instant vector of which only the counts and sums of histograms are wanted. As in Prometheus, its selectors then find counter resets themselves
    /// instead of relying on what the store knows; inside subqueries they do not.
    /// </summary>
    public VectorOperator VectorOfStatistics(Expr expression, StepGrid grid)
    {
        var before = _detectsResets;
        _detectsResets = true;
        var vector = Vector(expression, grid);
        _detectsResets = before;
        return vector;
    }

    public RangeOperator Range(Expr expression, StepGrid grid)
    {
        switch (expression)
        {
            case ParenExpr paren:
                return Range(paren.Inner, grid);
            case MatrixSelector matrix:
                var window = Selection.Shifted(matrix.Selector.Shift, Selection.Length(matrix.Window, context), context);
                return new MatrixRange(context, grid, matrix.Selector, SeriesOf(matrix.Selector), window);
            case SubqueryExpr subquery:
                var shifted = Selection.Shifted(subquery.Shift, Selection.Length(subquery.Window, context), context);
                var inner = Selection.SubqueryGrid(subquery, shifted, grid.Start, grid.Start + (grid.Step * Math.Max(0, grid.Count - 1L)), context);
                var before = _detectsResets;
                _detectsResets = false;
                var vector = Vector(subquery.Inner, inner);
                _detectsResets = before;
                return new SubqueryRange(context, grid, vector, shifted);
            default:
                throw new InvalidOperationException($"{expression.GetType().Name} is no range vector.");
        }
    }

    /// <summary>A scalar's value at every step.</summary>
    public double[] Scalar(Expr expression, StepGrid grid)
    {
        switch (expression)
        {
            case NumberLiteral number:
                var values = new double[grid.Count];
                Array.Fill(values, number.Value);
                return values;
            case ParenExpr paren:
                return Scalar(paren.Inner, grid);
            case UnaryExpr unary:
                var operand = Scalar(unary.Operand, grid);
                return unary.Negative ? Array.ConvertAll(operand, static value => -value) : operand;
            case BinaryExpr binary:
                var result = new double[grid.Count];
                ColumnMath.Scalars(binary.Operator)(Scalar(binary.Left, grid), Scalar(binary.Right, grid), result);
                return result;
            case CallExpr call:
                return ScalarFunctions.Evaluate(new FunctionCall(this, call, grid));
            default:
                throw new InvalidOperationException($"{expression.GetType().Name} is no scalar.");
        }
    }

    public static string Text(Expr expression) => expression switch
    {
        StringLiteral text => text.Value,
        ParenExpr paren => Text(paren.Inner),
        _ => throw new InvalidOperationException($"{expression.GetType().Name} is no string."),
    };

    public static Expr Unwrap(Expr expression)
    {
        while (expression is ParenExpr paren)
        {
            expression = paren.Inner;
        }

        return expression;
    }

    private VectorOperator Build(Expr expression, StepGrid grid) => expression switch
    {
        ParenExpr paren => Vector(paren.Inner, grid),
        UnaryExpr { Negative: false } plus => Vector(plus.Operand, grid),
        UnaryExpr minus => Negated(Vector(minus.Operand, grid)),
        VectorSelector selector => Selector(selector, grid),
        CallExpr call => VectorFunctions.Build(new FunctionCall(this, call, grid)),
        AggregateExpr aggregate => AggregatePlan.Build(this, aggregate, grid),
        BinaryExpr binary => BinaryPlan.Build(this, binary, grid),
        _ => throw new InvalidOperationException($"{expression.GetType().Name} is no instant vector."),
    };

    private VectorOperator Selector(VectorSelector selector, StepGrid grid)
    {
        var window = Selection.Shifted(selector.Shift, context.Settings.LookbackMilliseconds, context);
        var series = SeriesOf(selector);
        return selector.Mode == SelectionMode.Smoothed
            ? new SmoothedVector(context, grid, series, window, new WindowNotes(context.Annotations, selector.Range))
            : new SelectorVector(context, grid, series, window);
    }

    private IReadOnlyList<ISeries> SeriesOf(VectorSelector selector)
    {
        var series = context.SeriesOf(selector);
        return _detectsResets ? [.. series.Select(static one => new ResetDetectingSeries(one))] : series;
    }

    private VectorOperator Negated(VectorOperator inner) =>
        MergedVector.Of(new NegatedVector(inner, Headers.WithoutNames(inner, context)), context.Columns);
}
