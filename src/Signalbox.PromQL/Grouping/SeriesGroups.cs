using System.Runtime.InteropServices;
using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Grouping;

/// <summary>Which series belong together under a <c>by</c> or <c>without</c>; worked out once for all steps.</summary>
internal sealed class SeriesGroups
{
    private SeriesGroups(SeriesHeader[] headers, List<int>[] members)
    {
        Headers = headers;
        Members = members;
    }

    /// <summary>Each group's labels, in the order in which the groups were first met.</summary>
    public SeriesHeader[] Headers { get; }

    /// <summary>For each group the positions of its series.</summary>
    public List<int>[] Members { get; }

    public static SeriesGroups Of(SeriesHeader[] series, AggregateExpr aggregate)
    {
        if (aggregate.Grouping.Count == 0 && !aggregate.Without)
        {
            return series.Length == 0
                ? new SeriesGroups([], [])
                : new SeriesGroups([new SeriesHeader(Labels.Empty, false)], [[.. Enumerable.Range(0, series.Length)]]);
        }

        var key = KeyOf(aggregate.Grouping, aggregate.Without);
        var index = new Dictionary<Labels, int>();
        List<SeriesHeader> headers = [];
        List<List<int>> members = [];
        for (var position = 0; position < series.Length; position++)
        {
            var labels = key(series[position].Labels);
            ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(index, labels, out var known);
            if (!known)
            {
                group = headers.Count;
                headers.Add(new SeriesHeader(labels, series[position].DropName && labels.Has(Labels.MetricName)));
                members.Add([]);
            }

            members[group].Add(position);
        }

        return new SeriesGroups([.. headers], [.. members]);
    }

    private static Func<Labels, Labels> KeyOf(IReadOnlyList<string> names, bool without)
    {
        var set = names.ToHashSet(StringComparer.Ordinal);
        return without
            ? labels => labels.Without(name => SeriesHeader.IsMetadata(name) || set.Contains(name))
            : labels => labels.Without(name => !set.Contains(name));
    }
}
