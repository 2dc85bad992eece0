using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Functions;

/// <summary>One call of a function on one grid, with easy access to its arguments.</summary>
internal sealed record FunctionCall(Planner Planner, CallExpr Call, StepGrid Grid)
{
    public QueryContext Context => Planner.Context;

    public string Name => Call.Function;

    public int Count => Call.Arguments.Count;

    public Expr Argument(int index) => Call.Arguments[index];

    public VectorOperator Vector(int index) => Planner.Vector(Call.Arguments[index], Grid);

    public RangeOperator Range(int index) => Planner.Range(Call.Arguments[index], Grid);

    public double[] Scalar(int index) => Planner.Scalar(Call.Arguments[index], Grid);

    public string Text(int index) => Planner.Text(Call.Arguments[index]);

    public TextRange Place(int index) => Call.Arguments[index].Range;

    /// <summary>A result whose series lose their names; equal ones are joined.</summary>
    public VectorOperator Merged(VectorOperator vector) => MergedVector.Of(vector, Context.Columns);
}
