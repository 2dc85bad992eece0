using Signalbox.PromQL.Evaluation;

namespace Signalbox.PromQL.Grouping;

/// <summary>Takes in the series of one group, column by column, and gives the group's value at every step.</summary>
internal abstract class Accumulator
{
    /// <summary>Forgets everything; called before each group.</summary>
    public abstract void Reset(int steps);

    /// <summary>Takes one series; the column may be changed.</summary>
    public abstract void Add(Column column, SeriesHeader header);

    /// <summary>Writes the result; the column is absent everywhere before.</summary>
    public abstract void Finish(Column into);
}

/// <summary>An aggregation group by group: only one group's state is in memory at a time.</summary>
internal sealed class AggregateVector(VectorOperator inner, SeriesGroups groups, Accumulator accumulator, QueryContext context)
    : VectorOperator(inner.Grid, groups.Headers)
{
    public override void Read(int series, Column into)
    {
        var column = context.Columns.Rent(Grid.Count);
        accumulator.Reset(Grid.Count);
        foreach (var member in groups.Members[series])
        {
            context.ThrowIfCancelled();
            inner.Read(member, column);
            accumulator.Add(column, inner.Headers[member]);
        }

        context.Columns.Return(column);
        into.Clear();
        accumulator.Finish(into);
    }
}
