using System.Runtime.InteropServices;
using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Matching;

/// <summary>The part of a series' labels by which two sides of an operator find each other.</summary>
internal sealed class MatchSignature(VectorMatching matching)
{
    private readonly HashSet<string> _names = new(matching.Labels, StringComparer.Ordinal);

    public Labels Of(Labels labels) => matching.On
        ? labels.Without(name => !_names.Contains(name))
        : labels.Without(name => SeriesHeader.IsMetadata(name) || _names.Contains(name));

    /// <summary>The positions of the series of each signature, in order of first appearance.</summary>
    public Dictionary<Labels, List<int>> Index(SeriesHeader[] headers)
    {
        var index = new Dictionary<Labels, List<int>>(headers.Length);
        for (var series = 0; series < headers.Length; series++)
        {
            ref var members = ref CollectionsMarshal.GetValueRefOrAddDefault(index, Of(headers[series].Labels), out _);
            (members ??= []).Add(series);
        }

        return index;
    }
}
