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

    /// <param name="keywords">Each with the number of its rule; not empty, ASCII.</param>
    public KeywordIndex(IReadOnlyList<(string Keyword, int Rule)> keywords)
    {
        Classify(keywords);
        var entries = new Dictionary<int, List<Entry>>();
        foreach (var group in keywords.GroupBy(static item => item.Keyword.ToUpperInvariant(), StringComparer.Ordinal))
        {
            var entry = new Entry(group.Key, [.. group.Select(static item => item.Rule).Distinct().Order()]);
            foreach (var gram in Grams(entry.Keyword))
            {
                _beginnings[gram >> 6] |= 1UL << (gram & 63);
                if (!entries.TryGetValue(gram, out var list))
                {
                    entries[gram] = list = [];
                }

                list.Add(entry);
            }
        }

        _entries = entries.ToDictionary(static pair => pair.Key, static pair => pair.Value.ToArray());
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

    /// <summary>Characters of keywords' beginnings get a class each; beyond 63 they share the last one, which costs comparisons and nothing else.</summary>
    private void Classify(IReadOnlyList<(string Keyword, int Rule)> keywords)
    {
        var classes = 1;
        foreach (var c in keywords.SelectMany(static item => item.Keyword.ToUpperInvariant().Take(3)))
        {
            if (_classes[c] == 0)
            {
                _classes[c] = (byte)classes;
                _classes[char.ToLowerInvariant(c)] = (byte)classes;
                classes = Math.Min(classes + 1, (1 << ClassBits) - 1);
            }
        }
    }

    /// <summary>The beginnings of a keyword: one, or for a keyword shorter than three characters one for each continuation.</summary>
    private IEnumerable<int> Grams(string keyword)
    {
        var gram = 0;
        foreach (var c in keyword.Take(3))
        {
            gram = (gram << ClassBits) | Class(c);
        }

        var missing = Math.Max(0, 3 - keyword.Length) * ClassBits;
        return Enumerable.Range(gram << missing, 1 << missing);
    }

    /// <summary>A keyword, in upper case, and the rules that it stands for.</summary>
    internal readonly record struct Entry(string Keyword, int[] Rules);
}
