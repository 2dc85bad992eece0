using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Matching;

/// <summary>One result series of a matched operator.</summary>
/// <param name="Many">Position on the "many" side; −1 when that side is filled in.</param>
/// <param name="One">Position on the "one" side; −1 when that side is filled in.</param>
/// <param name="Group">The signature group both belong to.</param>
internal readonly record struct MatchedPair(int Many, int One, int Group);

/// <summary>The series of both sides that share a signature.</summary>
internal sealed record MatchGroup(Labels Signature, List<int> Many, List<int> One);

/// <summary>Who meets whom in a matched operator, and what the results are called; worked out once for all steps.</summary>
internal sealed class PairPlan
{
    private static readonly List<int> None = [];

    public required MatchGroup[] Groups { get; init; }

    public required MatchedPair[] Pairs { get; init; }

    public required SeriesHeader[] Headers { get; init; }

    /// <summary>Whether several series of one side may meet one of the other.</summary>
    public required bool IsGrouped { get; init; }

    /// <summary>Whether the "many" side is the right one.</summary>
    public required bool Swapped { get; init; }

    public double? FillMany { get; init; }

    public double? FillOne { get; init; }

    public static PairPlan Of(BinaryExpr binary, SeriesHeader[] left, SeriesHeader[] right, MatchSignature signature, bool delayed)
    {
        var matching = binary.Matching!;
        var swapped = matching.Cardinality == MatchCardinality.OneToMany;
        var (many, one) = swapped ? (right, left) : (left, right);

        // As in Prometheus, the sides of fill modifiers follow the "many" and "one" sides, not the text, when group_right swaps them.
        var (fillMany, fillOne) = (matching.FillLeft, matching.FillRight);
        var groups = GroupsOf(signature.Index(many), signature.Index(one));
        List<MatchedPair> pairs = [];
        List<SeriesHeader> headers = [];
        var naming = new ResultNaming(binary, delayed);
        void Add(MatchedPair pair, SeriesHeader header)
        {
            pairs.Add(pair);
            headers.Add(header);
        }

        for (var number = 0; number < groups.Length; number++)
        {
            var group = groups[number];
            foreach (var m in group.Many)
            {
                foreach (var o in group.One)
                {
                    Add(new MatchedPair(m, o, number), naming.Of(many[m], one[o].Labels));
                }

                if (fillOne is not null)
                {
                    Add(new MatchedPair(m, -1, number), naming.Of(many[m], Labels.Empty));
                }
            }

            foreach (var o in fillMany is null ? None : group.One)
            {
                Add(new MatchedPair(-1, o, number), naming.Of(new SeriesHeader(group.Signature, false), one[o].Labels));
            }
        }

        return new PairPlan
        {
            Groups = groups,
            Pairs = [.. pairs],
            Headers = [.. headers],
            IsGrouped = matching.Cardinality != MatchCardinality.OneToOne,
            Swapped = swapped,
            FillMany = fillMany,
            FillOne = fillOne,
        };
    }

    private static MatchGroup[] GroupsOf(Dictionary<Labels, List<int>> many, Dictionary<Labels, List<int>> one)
    {
        List<MatchGroup> groups = [];
        foreach (var (signature, members) in many)
        {
            groups.Add(new MatchGroup(signature, members, one.GetValueOrDefault(signature) ?? None));
        }

        foreach (var (signature, members) in one)
        {
            if (!many.ContainsKey(signature))
            {
                groups.Add(new MatchGroup(signature, None, members));
            }
        }

        return [.. groups];
    }

    /// <summary>The labels of results.</summary>
    private sealed class ResultNaming(BinaryExpr binary, bool delayed)
    {
        private readonly VectorMatching _matching = binary.Matching!;
        private readonly HashSet<string> _names = new(binary.Matching!.Labels, StringComparer.Ordinal);
        private readonly bool _dropsName = !Operators.IsComparison(binary.Operator)
            && binary.Operator is not (BinaryOperator.TrimLower or BinaryOperator.TrimUpper);

        public SeriesHeader Of(SeriesHeader many, Labels one)
        {
            var labels = _dropsName ? many.Labels.Without(SeriesHeader.IsMetadata) : many.Labels;
            if (_matching.Cardinality == MatchCardinality.OneToOne)
            {
                labels = labels.Without(name => _names.Contains(name) != _matching.On);
            }

            foreach (var name in _matching.Include)
            {
                labels = labels.With(name, one.Get(name));
            }

            var header = new SeriesHeader(labels, many.DropName && !_dropsName);
            return binary.ReturnBool ? header.WithoutName(delayed) : header;
        }
    }
}
