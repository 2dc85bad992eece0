using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Grouping;

/// <summary>The experimental <c>limitk</c> and <c>limit_ratio</c>: a deterministic sample of the series.</summary>
internal static class LimitedSeries
{
    public static VectorOperator Select(VectorOperator inner, SeriesGroups groups, double[] parameter, bool ratio, QueryContext context) =>
        ratio ? new RatioVector(inner, parameter) : FirstOfEachGroup(inner, groups, parameter, context);

    private static ComputedVector FirstOfEachGroup(VectorOperator inner, SeriesGroups groups, double[] counts, QueryContext context)
    {
        List<SeriesHeader> headers = [];
        List<Column> columns = [];
        foreach (var members in groups.Members)
        {
            var taken = new long[inner.Grid.Count];
            foreach (var member in members)
            {
                var column = context.Columns.Rent(inner.Grid.Count);
                inner.Read(member, column);
                var any = false;
                for (var step = 0; step < column.Count; step++)
                {
                    if (!column.Has(step))
                    {
                        continue;
                    }

                    if (taken[step] >= (long)counts[step])
                    {
                        column.SetAbsent(step);
                        continue;
                    }

                    taken[step]++;
                    any = true;
                }

                if (any)
                {
                    headers.Add(inner.Headers[member]);
                    columns.Add(column);
                }
                else
                {
                    context.Columns.Return(column);
                }
            }
        }

        return new ComputedVector(inner.Grid, [.. headers], [.. columns], context.Columns);
    }

    /// <summary>Keeps a series when the hash of its labels, as a share of the hash's range, lies below the ratio; a negative ratio keeps the complement.</summary>
    private sealed class RatioVector(VectorOperator inner, double[] ratios) : VectorOperator(inner.Grid, inner.Headers)
    {
        public override void Read(int series, Column into)
        {
            inner.Read(series, into);
            var share = Share(Headers[series].Labels);
            for (var step = 0; step < into.Count; step++)
            {
                var ratio = Math.Clamp(ratios[step], -1, 1);
                if (!(ratio >= 0 ? share < ratio : share >= 1 + ratio))
                {
                    into.SetAbsent(step);
                }
            }
        }

        private static double Share(Labels labels) => LabelsHash.Of(labels) / (double)ulong.MaxValue;
    }
}
