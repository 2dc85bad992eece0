using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Tests.Scripting;

/// <summary>Sets <c>@</c> on every selector and subquery that has none, except inside subqueries that have one.</summary>
internal static class TimePinning
{
    private static readonly HashSet<string> Unsafe =
    [
        "days_in_month", "day_of_month", "day_of_week", "day_of_year", "hour", "minute", "month", "year", "predict_linear", "time", "timestamp",
    ];

    /// <summary>False when the expression depends on the evaluation time all the same.</summary>
    public static bool TryPin(Expr expression, long time)
    {
        switch (expression)
        {
            case ParenExpr paren:
                return TryPin(paren.Inner, time);
            case UnaryExpr unary:
                return TryPin(unary.Operand, time);
            case BinaryExpr binary:
                return TryPin(binary.Left, time) & TryPin(binary.Right, time);
            case AggregateExpr aggregate:
                return TryPin(aggregate.Inner, time) & (aggregate.Parameter is null || TryPin(aggregate.Parameter, time));
            case CallExpr call:
                return !Unsafe.Contains(call.Function) & call.Arguments.Take(call.Function == "info" ? 1 : int.MaxValue).Aggregate(true, (safe, argument) => safe & TryPin(argument, time));
            case VectorSelector selector:
                Pin(selector.Shift, time);
                return true;
            case MatrixSelector matrix:
                Pin(matrix.Selector.Shift, time);
                return true;
            case SubqueryExpr subquery:
                Pin(subquery.Shift, time);
                return !ContainsUnsafe(subquery.Inner);
            default:
                return true;
        }
    }

    private static void Pin(TimeShift shift, long time)
    {
        if (shift.Anchor == AtAnchor.None)
        {
            shift.Anchor = AtAnchor.Timestamp;
            shift.Timestamp = time;
        }
    }

    private static bool ContainsUnsafe(Expr expression) => Unsafe.Any(name => expression.ToString().Contains(name + "(", StringComparison.Ordinal));
}
