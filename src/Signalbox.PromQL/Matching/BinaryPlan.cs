using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Matching;

/// <summary>Chooses the operator for a binary expression with at least one vector.</summary>
internal static class BinaryPlan
{
    public static VectorOperator Build(Planner planner, BinaryExpr binary, StepGrid grid)
    {
        var context = planner.Context;
        if (binary.Left.Type == ExprType.Scalar)
        {
            var vector = planner.Vector(binary.Right, grid);
            return WithScalar(binary, vector, planner.Scalar(binary.Left, grid), scalarLeft: true, context);
        }

        if (binary.Right.Type == ExprType.Scalar)
        {
            var vector = planner.Vector(binary.Left, grid);
            return WithScalar(binary, vector, planner.Scalar(binary.Right, grid), scalarLeft: false, context);
        }

        var left = planner.Vector(binary.Left, grid);
        var right = planner.Vector(binary.Right, grid);
        var signature = new MatchSignature(binary.Matching!);
        return binary.Operator switch
        {
            BinaryOperator.Or => MergedVector.Of(new UnionVector(left, right, signature, context), context.Columns),
            BinaryOperator.And => new IntersectionVector(left, right, signature, keepMatched: true, context),
            BinaryOperator.Unless => new IntersectionVector(left, right, signature, keepMatched: false, context),
            _ => Pairs(binary, left, right, signature, context),
        };
    }

    private static VectorOperator Pairs(BinaryExpr binary, VectorOperator left, VectorOperator right, MatchSignature signature, QueryContext context)
    {
        var plan = PairPlan.Of(binary, left.Headers, right.Headers, signature, context.DelayedNameRemoval);
        var error = plan.IsGrouped
            ? "multiple matches for labels: grouping labels must ensure unique matches"
            : "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)";
        return MergedVector.Of(new PairVector(binary, left, right, plan, context), context.Columns, error);
    }

    private static VectorOperator WithScalar(BinaryExpr binary, VectorOperator vector, double[] scalar, bool scalarLeft, QueryContext context)
    {
        var filter = Operators.IsComparison(binary.Operator) && !binary.ReturnBool;
        var keepsName = filter || binary.Operator is BinaryOperator.TrimLower or BinaryOperator.TrimUpper;
        var headers = keepsName ? vector.Headers : Headers.WithoutNames(vector, context);
        return MergedVector.Of(new ScalarSideVector(binary, vector, headers, scalar, scalarLeft, context), context.Columns);
    }

    /// <summary>An operator between a vector and a scalar.</summary>
    private sealed class ScalarSideVector : VectorOperator
    {
        private readonly VectorOperator _vector;
        private readonly double[] _scalar;
        private readonly bool _scalarLeft;
        private readonly ColumnOperation _operation;
        private readonly HistogramOperation _histograms;

        public ScalarSideVector(BinaryExpr binary, VectorOperator vector, SeriesHeader[] headers, double[] scalar, bool scalarLeft, QueryContext context)
            : base(vector.Grid, headers)
        {
            _vector = vector;
            _scalar = scalar;
            _scalarLeft = scalarLeft;
            _operation = Operators.IsComparison(binary.Operator) && !binary.ReturnBool
                ? ColumnMath.Filter(binary.Operator, keepRight: scalarLeft)
                : ColumnMath.Values(binary.Operator);
            _histograms = new HistogramOperation(binary, context.Annotations);
        }

        public override void Read(int series, Column into)
        {
            _vector.Read(series, into);
            var histograms = into.HasHistograms ? HistogramOperation.Take(into) : null;
            var values = into.Values;
            if (_scalarLeft)
            {
                _operation(_scalar, values, values);
            }
            else
            {
                _operation(values, _scalar, values);
            }

            if (histograms is null)
            {
                return;
            }

            foreach (var (step, histogram) in histograms)
            {
                _histograms.WithScalar(into, step, histogram, _scalar[step], _scalarLeft);
            }
        }
    }
}
