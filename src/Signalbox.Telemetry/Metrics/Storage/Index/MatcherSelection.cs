using System.Collections;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Storage.Index;

/// <summary>Answers which series satisfy a list of matchers.</summary>
/// <remarks>
/// Matchers that an absent label cannot satisfy come first, the one with the fewest series leading; the rest only take away. A regular expression runs at most
/// once a distinct value, and over the values of the remaining series when those are fewer than the values in the index.
/// </remarks>
internal sealed class MatcherSelection(PostingsIndex postings, int seriesCount, Func<int, Labels> labelsOf)
{
    public int[] Run(IReadOnlyList<LabelMatcher> matchers, CancellationToken cancellationToken)
    {
        var required = new List<(LabelMatcher Matcher, List<AppendOnlyList<int>>? Lists, long Size)>();
        foreach (var matcher in matchers.Where(static matcher => !matcher.MatchesEmpty))
        {
            var lists = Lookup(matcher);
            if (lists is { Count: 0 })
            {
                return [];
            }

            required.Add((matcher, lists, lists?.Sum(static list => (long)list.Count) ?? long.MaxValue));
        }

        required.Sort(static (left, right) => left.Size.CompareTo(right.Size));
        var candidates = Start(required.Count == 0 ? null : required[0].Matcher, required.Count == 0 ? null : required[0].Lists, cancellationToken);
        foreach (var (matcher, lists, _) in required.Skip(1))
        {
            candidates = lists is null ? Filter(candidates, matcher, cancellationToken) : Intersect(candidates, lists, keep: true);
        }

        foreach (var matcher in matchers.Where(static matcher => matcher.MatchesEmpty))
        {
            cancellationToken.ThrowIfCancellationRequested();
            candidates = TakeAway(candidates, matcher, cancellationToken);
        }

        return candidates;
    }

    // Null when the values must be tried one by one.
    private List<AppendOnlyList<int>>? Lookup(LabelMatcher matcher)
    {
        var values = postings.Find(matcher.Name);
        if (values is null)
        {
            return [];
        }

        return matcher switch
        {
            { Kind: MatchKind.Equal } => Found(values, [matcher.Value]),
            { Kind: MatchKind.Regex, Literals: { } literals } => Found(values, literals.Distinct(StringComparer.Ordinal)),
            _ => null,
        };
    }

    private static List<AppendOnlyList<int>> Found(LabelIndex values, IEnumerable<string> wanted)
    {
        var lists = new List<AppendOnlyList<int>>();
        foreach (var value in wanted)
        {
            if (values.Find(value) is { } list)
            {
                lists.Add(list);
            }
        }

        return lists;
    }

    private int[] Start(LabelMatcher? matcher, List<AppendOnlyList<int>>? lists, CancellationToken cancellationToken)
    {
        if (matcher is null)
        {
            return [.. Enumerable.Range(0, seriesCount)];
        }

        lists ??= Try(matcher, cancellationToken);
        if (lists.Count == 1)
        {
            return Known(lists[0]);
        }

        // A series has one value a label, so the lists are disjoint.
        var union = new List<int>();
        foreach (var list in lists)
        {
            union.AddRange(Known(list));
        }

        union.Sort();
        return [.. union];
    }

    // Series that came after the count was taken are left for the next question, so that all matchers speak of the same ones.
    private int[] Known(AppendOnlyList<int> list)
    {
        var numbers = list.Snapshot();
        while (numbers.Length > 0 && numbers[^1] >= seriesCount)
        {
            numbers = numbers[..^1];
        }

        return numbers.ToArray();
    }

    private List<AppendOnlyList<int>> Try(LabelMatcher matcher, CancellationToken cancellationToken)
    {
        var matching = new List<AppendOnlyList<int>>();
        var prefix = LiteralPrefixOf(matcher);
        var tried = 0;
        foreach (var (value, list) in postings.Find(matcher.Name)?.Values ?? [])
        {
            if ((++tried & 1023) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (Matches(matcher, prefix, value))
            {
                matching.Add(list);
            }
        }

        return matching;
    }

    private int[] Filter(int[] candidates, LabelMatcher matcher, CancellationToken cancellationToken)
    {
        if (candidates.Length >= postings.Find(matcher.Name)!.ValueCount)
        {
            return Intersect(candidates, Try(matcher, cancellationToken), keep: true);
        }

        var verdicts = new Dictionary<string, bool>(StringComparer.Ordinal);
        var prefix = LiteralPrefixOf(matcher);
        return Array.FindAll(candidates, number => Verdict(verdicts, matcher, prefix, labelsOf(number).Get(matcher.Name)));
    }

    private int[] TakeAway(int[] candidates, LabelMatcher matcher, CancellationToken cancellationToken)
    {
        var values = postings.Find(matcher.Name);
        if (values is null || candidates.Length == 0)
        {
            return candidates;
        }

        if (matcher is { Kind: MatchKind.NotEqual } or { Kind: MatchKind.NotRegex, Literals: not null })
        {
            return Intersect(candidates, Found(values, matcher.Literals ?? [matcher.Value]), keep: false);
        }

        if (candidates.Length < values.ValueCount)
        {
            return Filter(candidates, matcher, cancellationToken);
        }

        var prefix = LiteralPrefixOf(matcher);
        var refused = new List<AppendOnlyList<int>>();
        foreach (var (value, list) in values.Values)
        {
            if (!Matches(matcher, prefix, value))
            {
                refused.Add(list);
            }
        }

        return Intersect(candidates, refused, keep: false);
    }

    private int[] Intersect(int[] candidates, List<AppendOnlyList<int>> lists, bool keep)
    {
        if (lists.Count == 1 && lists[0].Count > candidates.Length * 16L)
        {
            return Array.FindAll(candidates, number => lists[0].Snapshot().BinarySearch(number) >= 0 == keep);
        }

        var marked = new BitArray(seriesCount);
        foreach (var list in lists)
        {
            foreach (var number in list.Snapshot())
            {
                if (number < seriesCount)
                {
                    marked[number] = true;
                }
            }
        }

        return Array.FindAll(candidates, number => marked[number] == keep);
    }

    private static string LiteralPrefixOf(LabelMatcher matcher) =>
        matcher is { Kind: MatchKind.Regex or MatchKind.NotRegex, Literals: null } ? LiteralPrefix.Of(matcher.Value) : string.Empty;

    private static bool Verdict(Dictionary<string, bool> verdicts, LabelMatcher matcher, string prefix, string value)
    {
        if (!verdicts.TryGetValue(value, out var verdict))
        {
            verdict = Matches(matcher, prefix, value);
            verdicts.Add(value, verdict);
        }

        return verdict;
    }

    private static bool Matches(LabelMatcher matcher, string prefix, string value) =>
        matcher is { Kind: MatchKind.Regex or MatchKind.NotRegex, Literals: null }
            ? LiteralPrefix.Decide(matcher, prefix, value) ?? matcher.Matches(value)
            : matcher.Matches(value);
}
