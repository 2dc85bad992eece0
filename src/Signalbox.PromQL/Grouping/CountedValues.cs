using System.Runtime.InteropServices;
using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Histograms;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Grouping;

/// <summary><c>count_values</c>: a series for each value that occurs.</summary>
internal static class CountedValues
{
    public static VectorOperator Of(VectorOperator inner, SeriesGroups groups, string label, AggregateExpr aggregate, QueryContext context)
    {
        if (label.Length == 0 || !StringText.IsValidUtf8(label))
        {
            throw new PromQLExecutionException($"invalid label name {StringText.Quote(label)}");
        }

        var counts = new Dictionary<(int Group, string Value), double[]>();
        var column = context.Columns.Rent(inner.Grid.Count);
        for (var group = 0; group < groups.Members.Length; group++)
        {
            foreach (var member in groups.Members[group])
            {
                context.ThrowIfCancelled();
                inner.Read(member, column);
                Count(column, group, counts, context);
            }
        }

        context.Columns.Return(column);
        var headers = new List<SeriesHeader>(counts.Count);
        foreach (var (group, value) in counts.Keys)
        {
            var header = groups.Headers[group];
            headers.Add(new SeriesHeader(header.Labels.With(label, value), header.DropName));
        }

        var columns = counts.Values.Select(values => Column(values, context)).ToArray();
        return MergedVector.Of(new ComputedVector(inner.Grid, [.. headers], columns, context.Columns), context.Columns);
    }

    private static void Count(Column column, int group, Dictionary<(int, string), double[]> counts, QueryContext context)
    {
        for (var step = 0; step < column.Count; step++)
        {
            if (!column.Has(step))
            {
                continue;
            }

            var value = column.HistogramAt(step) is { } histogram ? HistogramText.Format(histogram) : FormatValue.Float(column.Values[step]);
            ref var steps = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, (group, value), out var known);
            if (!known)
            {
                context.Samples.Hold(column.Count);
                steps = new double[column.Count];
            }

            steps![step]++;
        }
    }

    private static Column Column(double[] counts, QueryContext context)
    {
        var column = context.Columns.Rent(counts.Length);
        column.Clear();
        for (var step = 0; step < counts.Length; step++)
        {
            if (counts[step] > 0)
            {
                column.Values[step] = counts[step];
            }
        }

        return column;
    }
}
