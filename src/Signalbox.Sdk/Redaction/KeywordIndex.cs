namespace Signalbox.Sdk.Redaction;

/// <summary>Finds where keywords of rules may begin, in one pass over a text, ASCII letters in any case.</summary>
/// <remarks>
/// Three characters at a time are looked up in a bit map of the beginnings of all keywords; only where that says yes are keywords compared. An automaton over whole
/// keywords needs a table that does not fit the processor's nearest cache, and waits for it at each character.
/// </remarks>
internal sealed class KeywordIndex
{
    private const int ClassBits = 6;
    private const int GramBits = 3 * ClassBits;
    private const int GramMask = (1 << GramBits) - 1;

    private readonly byte[] _classes = new byte[128];
    private readonly ulong[] _beginnings = new ulong[(1 << GramBits) / 64];
    private readonly Dictionary<int, Entry[]> _entries;
    private int _nextClass = 1;

    /// <param name="keywords">Those of each rule, by its number; not empty, ASCII.</param>
    /// <remarks>Written for a program's start: loops and arrays, as the runtime has no code ready for queries over structures.</remarks>
    public KeywordIndex(IReadOnlyList<IReadOnlyList<string>> keywords)
    {
        var rules = RulesOf(keywords);
        foreach (var keyword in rules.Keys)
        {
            Classify(keyword);
        }

        _entries = new Dictionary<int, Entry[]>(rules.Count);
        foreach (var (keyword, numbers) in rules)
        {
            var entry = new Entry(keyword, numbers);
            var missing = Math.Max(0, 3 - keyword.Length) * ClassBits;
            var first = FirstGram(keyword) << missing;
            for (var gram = first; gram < first + (1 << missing); gram++)
            {
                _beginnings[gram >> 6] |= 1UL << (gram & 63);
                _entries[gram] = _entries.TryGetValue(gram, out var others) ? [.. others, entry] : [entry];
            }
        }
    }

    /// <summary>Goes on to the next place where a keyword may begin.</summary>
    /// <param name="entries">The keywords that may.</param>
    /// <returns>The place; -1 when there is none any more.</returns>
    public int Next(ReadOnlySpan<char> text, int from, out ReadOnlySpan<Entry> entries)
    {
        var classes = _classes;
        var beginnings = _beginnings;
        var gram = from < text.Length ? Class(text[from]) : 0;
        gram = (gram << ClassBits) | (from + 1 < text.Length ? Class(text[from + 1]) : 0);
        for (var index = from + 2; index < text.Length; index++)
        {
            int c = text[index];
            gram = ((gram << ClassBits) | (c < classes.Length ? classes[c] : 0)) & GramMask;
            if ((beginnings[gram >> 6] & (1UL << (gram & 63))) != 0)
            {
                entries = _entries[gram];
                return index - 2;
            }
        }

        // The last two characters begin no three, but may be a keyword of one or two.
        for (var index = Math.Max(from, text.Length - 2); index < text.Length; index++)
        {
            gram = (Class(text[index]) << (2 * ClassBits)) | ((index + 1 < text.Length ? Class(text[index + 1]) : 0) << ClassBits);
            if ((beginnings[gram >> 6] & (1UL << (gram & 63))) != 0)
            {
                entries = _entries[gram];
                return index;
            }
        }

        entries = default;
        return -1;
    }

    /// <summary>Whether any keyword may occur; may say yes where there is none.</summary>
    public bool MayOccur(ReadOnlySpan<byte> utf8)
    {
        var gram = 0;
        foreach (int c in utf8)
        {
            gram = ((gram << ClassBits) | (c < _classes.Length ? _classes[c] : 0)) & GramMask;
            if ((_beginnings[gram >> 6] & (1UL << (gram & 63))) != 0)
            {
                return true;
            }
        }

        for (var padding = 0; padding < 2; padding++)
        {
            gram = (gram << ClassBits) & GramMask;
            if ((_beginnings[gram >> 6] & (1UL << (gram & 63))) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private int Class(char c) => c < _classes.Length ? _classes[c] : 0;

    /// <summary>The numbers of the rules of each keyword, ascending; the keyword in upper case.</summary>
    private static Dictionary<string, int[]> RulesOf(IReadOnlyList<IReadOnlyList<string>> keywords)
    {
        var rules = new Dictionary<string, int[]>(StringComparer.Ordinal);
        for (var rule = 0; rule < keywords.Count; rule++)
        {
            foreach (var keyword in keywords[rule])
            {
                var name = keyword.ToUpperInvariant();
                var numbers = rules.GetValueOrDefault(name, []);
                if (numbers.Length == 0 || numbers[^1] != rule)
                {
                    rules[name] = [.. numbers, rule];
                }
            }
        }

        return rules;
    }

    /// <summary>Characters of keywords' beginnings get a class each; beyond 63 they share the last one, which costs comparisons and nothing else.</summary>
    private void Classify(string keyword)
    {
        for (var index = 0; index < keyword.Length && index < 3; index++)
        {
            var c = keyword[index];
            if (_classes[c] == 0)
            {
                _classes[c] = (byte)_nextClass;
                _classes[char.ToLowerInvariant(c)] = (byte)_nextClass;
                _nextClass = Math.Min(_nextClass + 1, (1 << ClassBits) - 1);
            }
        }
    }

    /// <summary>The beginning of a keyword; of one shorter than three characters what all its continuations begin with.</summary>
    private int FirstGram(string keyword)
    {
        var gram = 0;
        for (var index = 0; index < keyword.Length && index < 3; index++)
        {
            gram = (gram << ClassBits) | Class(keyword[index]);
        }

        return gram;
    }

    /// <summary>A keyword, in upper case, and the rules that it stands for.</summary>
    internal sealed record Entry(string Keyword, int[] Rules);
}
