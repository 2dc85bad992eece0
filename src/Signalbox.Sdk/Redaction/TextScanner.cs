using System.Buffers;

namespace Signalbox.Sdk.Redaction;

/// <summary>Finds the secrets of a text: keywords in one pass, then the patterns of their rules around them.</summary>
internal sealed class TextScanner
{
    /// <summary>What may stand in a token, for <see cref="RedactionRule.Tail"/>.</summary>
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.~+/=%:$");

    private readonly CompiledRule[] _rules;
    private readonly int[] _everywhere;
    private readonly int _window;
    private readonly int _overlap;

    public TextScanner(CompiledRule[] rules, RedactionOptions options)
    {
        _rules = rules;
        _window = options.WindowLength;
        _overlap = options.WindowLength / 8;
        var keywords = new IReadOnlyList<string>[rules.Length];
        int[] everywhere = [];
        for (var index = 0; index < rules.Length; index++)
        {
            keywords[index] = rules[index].Rule.Keywords;
            if (keywords[index].Count == 0)
            {
                everywhere = [.. everywhere, index];
            }
        }

        _everywhere = everywhere;
        Keywords = new KeywordIndex(keywords);
    }

    public KeywordIndex Keywords { get; }

    /// <summary>Whether some rule has no keyword, so that no text can be passed over.</summary>
    public bool ScansEverything => _everywhere.Length > 0;

    /// <param name="path">Where the text stands in a tree; null for a plain text.</param>
    /// <returns>In no order, overlapping; null when there is nothing.</returns>
    public List<FoundSecret>? Find(ReadOnlySpan<char> text, JsonPath? path)
    {
        var found = FindIn(text, path);
        if (UnescapedText.IsNeededFor(text))
        {
            using var unescaped = UnescapedText.Of(text);
            if (FindIn(unescaped.Text, path) is { } further)
            {
                (found ??= []).AddRange(further.Select(unescaped.Original));
            }
        }

        return found;
    }

    private List<FoundSecret>? FindIn(ReadOnlySpan<char> text, JsonPath? path)
    {
        List<FoundSecret>? found = null;
        int[]? done = null;
        foreach (var rule in _everywhere)
        {
            for (var until = 0; until < text.Length && Applies(_rules[rule], path);)
            {
                until = Math.Max(until + 1, Around(_rules[rule], text, until, ref found));
            }
        }

        for (var start = Keywords.Next(text, 0, out var entries); start >= 0; start = Keywords.Next(text, start + 1, out entries))
        {
            foreach (var entry in entries)
            {
                if (text[start..].StartsWith(entry.Keyword, StringComparison.OrdinalIgnoreCase))
                {
                    TryRules(entry.Rules, text, start + entry.Keyword.Length, path, ref done, ref found);
                }
            }
        }

        if (done is not null)
        {
            ArrayPool<int>.Shared.Return(done);
        }

        return found;
    }

    /// <param name="position">Where the keyword ends.</param>
    private void TryRules(int[] rules, ReadOnlySpan<char> text, int position, JsonPath? path, ref int[]? done, ref List<FoundSecret>? found)
    {
        foreach (var rule in rules)
        {
            if ((done is null || done[rule] < position) && Applies(_rules[rule], path) && IsLikely(_rules[rule].Rule, text, position))
            {
                done ??= RentCleared();
                done[rule] = Around(_rules[rule], text, position, ref found);
            }
        }
    }

    private static bool Applies(CompiledRule rule, JsonPath? path)
    {
        if (rule.Paths.Count == 0)
        {
            return true;
        }

        foreach (var pattern in rule.Paths)
        {
            if (path is not null && pattern.Matches(path))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLikely(RedactionRule rule, ReadOnlySpan<char> text, int position) =>
        (rule.Tail == 0 || (text.Length - position >= rule.Tail && !text.Slice(position, rule.Tail).ContainsAnyExcept(TokenCharacters)))
        && rule.Confirm?.Invoke(text, position) != false;

    /// <summary>Tries a rule on its stretch around a position: a line, or a window where lines or matches are longer.</summary>
    /// <returns>Up to where the rule need not be tried again.</returns>
    private int Around(CompiledRule rule, ReadOnlySpan<char> text, int position, ref List<FoundSecret>? found)
    {
        var start = Math.Max(0, position - _overlap);
        var limit = text.Length;
        if (!rule.Rule.Multiline)
        {
            start += text[start..position].LastIndexOf('\n') + 1;
            limit = text[position..].IndexOf('\n') is var line and >= 0 ? position + line : limit;
        }

        // A match that reaches the end of its stretch may go on behind it: the stretch grows until the match ends within, or the text does.
        for (var length = (long)_window; ; length *= 2)
        {
            var end = (int)Math.Min(limit, position + length);
            var before = found?.Count ?? 0;
            var reached = rule.Find(text[start..end], start, ref found);
            if (end == limit)
            {
                return limit;
            }

            if (start + reached < end)
            {
                return Math.Max(end - _overlap, position);
            }

            found?.RemoveRange(before, found.Count - before);
        }
    }

    private int[] RentCleared()
    {
        var done = ArrayPool<int>.Shared.Rent(_rules.Length);
        Array.Clear(done);
        return done;
    }
}
