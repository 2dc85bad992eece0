using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Evaluation;

/// <summary>Tells which expressions give the same at every evaluation time.</summary>
internal static class StepInvariance
{
    public static bool Holds(Expr expression) => expression switch
    {
        NumberLiteral or StringLiteral => true,
        ParenExpr paren => Holds(paren.Inner),
        UnaryExpr unary => Holds(unary.Operand),
        BinaryExpr binary => Holds(binary.Left) && Holds(binary.Right),
        AggregateExpr aggregate => Holds(aggregate.Inner) && (aggregate.Parameter is null || Holds(aggregate.Parameter)),
        VectorSelector selector => selector.Shift.Anchor != AtAnchor.None,
        MatrixSelector matrix => matrix.Selector.Shift.Anchor != AtAnchor.None,
        SubqueryExpr subquery => subquery.Shift.Anchor != AtAnchor.None,
        CallExpr call => HoldsForCall(call),
        _ => false,
    };

    private static bool HoldsForCall(CallExpr call) => call.Function switch
    {
        "time" or "predict_linear" => false,
        "timestamp" => Planner.Unwrap(call.Arguments[0]) is VectorSelector selector && Holds(selector),
        "day_of_month" or "day_of_week" or "day_of_year" or "days_in_month" or "hour" or "minute" or "month" or "year" =>
            call.Arguments.Count > 0 && Holds(call.Arguments[0]),
        "info" => Holds(call.Arguments[0]),
        _ => call.Arguments.All(Holds),
    };
}
