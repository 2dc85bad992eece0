using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Functions;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Grouping;

/// <summary>Chooses the operator for an aggregation.</summary>
internal static class AggregatePlan
{
    public static VectorOperator Build(Planner planner, AggregateExpr aggregate, StepGrid grid)
    {
        var context = planner.Context;
        var parameter = aggregate.Parameter is { } expression && aggregate.Operation != Aggregation.CountValues
            ? planner.Scalar(expression, grid)
            : [];
        CheckParameter(aggregate, parameter, context);
        var inner = planner.Vector(aggregate.Inner, grid);
        var groups = SeriesGroups.Of(inner.Headers, aggregate);
        var notes = new AggregateNotes(aggregate, context.Annotations);
        switch (aggregate.Operation)
        {
            case Aggregation.TopK or Aggregation.BottomK:
                return RankedSeries.Select(inner, groups, parameter, notes, context);
            case Aggregation.LimitK or Aggregation.LimitRatio:
                return LimitedSeries.Select(inner, groups, parameter, aggregate.Operation == Aggregation.LimitRatio, context);
            case Aggregation.CountValues:
                return CountedValues.Of(inner, groups, Planner.Text(aggregate.Parameter!), aggregate, context);
            case Aggregation.Quantile:
                return new AggregateVector(inner, groups, new QuantileAccumulator(parameter, notes, context.Columns), context);
            default:
                return new AggregateVector(inner, groups, AccumulatorOf(aggregate.Operation, notes), context);
        }
    }

    private static Accumulator AccumulatorOf(Aggregation operation, AggregateNotes notes) => operation switch
    {
        Aggregation.Sum => new SumAccumulator(notes),
        Aggregation.Avg => new AverageAccumulator(notes),
        Aggregation.Count => new CountAccumulator(),
        Aggregation.Group => new PresenceAccumulator(),
        Aggregation.Min => new ExtremeAccumulator(highest: false, notes),
        Aggregation.Max => new ExtremeAccumulator(highest: true, notes),
        Aggregation.Stdvar => new VarianceAccumulator(root: false, notes),
        _ => new VarianceAccumulator(root: true, notes),
    };

    private static void CheckParameter(AggregateExpr aggregate, double[] parameter, QueryContext context)
    {
        var place = aggregate.Parameter?.Range ?? default;
        switch (aggregate.Operation)
        {
            case Aggregation.TopK or Aggregation.BottomK or Aggregation.LimitK:
                if (Array.Exists(parameter, double.IsNaN))
                {
                    throw new PromQLExecutionException("Parameter value is NaN");
                }

                if (Array.FindIndex(parameter, static value => Math.Abs(value) >= long.MaxValue) is >= 0 and var index)
                {
                    throw new PromQLExecutionException($"Scalar value {FormatValue.General(parameter[index])} overflows int64");
                }

                break;
            case Aggregation.LimitRatio:
                if (Array.Exists(parameter, double.IsNaN))
                {
                    throw new PromQLExecutionException("Ratio value is NaN");
                }

                foreach (var ratio in parameter.Where(static ratio => Math.Abs(ratio) > 1))
                {
                    var capped = Math.Sign(ratio);
                    context.Annotations.Warn(
                        $"ratio value should be between -1 and 1, got {FormatValue.General(ratio)}, capping to {FormatValue.General(capped)}", place);
                }

                break;
            case Aggregation.Quantile:
                Quantiles.WarnIfInvalid(parameter, context.Annotations, place);
                break;
            default:
                break;
        }
    }
}

/// <summary>What aggregations tell their user.</summary>
internal sealed class AggregateNotes(AggregateExpr aggregate, Annotations annotations)
{
    public bool Descending => aggregate.Operation == Aggregation.TopK;

    public Annotations Annotations => annotations;

    public TextRange Place => aggregate.Inner.Range;

    public void InformHistogramIgnored() =>
        annotations.Inform($"ignored histogram in {AggregationNames.Name(aggregate.Operation)} aggregation", Place);

    public void WarnMixed() => annotations.Warn("encountered a mix of histograms and floats for aggregation", Place);

    public void WarnMixedSchemas(string name) => annotations.Warn(
        $"vector contains a mix of histograms with exponential and custom buckets schemas for metric name {StringText.Quote(name)}", Place);

    public void WarnConflictingResets() => annotations.Warn("conflicting counter resets during histogram aggregation", Place);

    public void InformReconciled() => annotations.Inform("mismatched custom buckets were reconciled during aggregation", Place);
}
