namespace Signalbox.Sdk.Redaction;

/// <summary>Finds all keywords of all rules in one pass over a text, ASCII letters in any case.</summary>
/// <remarks>Source: Aho and Corasick, Efficient string matching, https://doi.org/10.1145/360825.360855. The transitions are a dense table over the characters that keywords use.</remarks>
internal sealed class KeywordAutomaton
{
    private readonly byte[] _classes = new byte[128];
    private readonly int _width;
    private readonly int[] _next;
    private readonly int[]?[] _outputs;

    /// <param name="keywords">Each with the number of what it stands for; not empty, ASCII.</param>
    public KeywordAutomaton(IReadOnlyList<(string Keyword, int Value)> keywords)
    {
        var classes = 1;
        foreach (var c in keywords.SelectMany(static item => item.Keyword.ToLowerInvariant()))
        {
            if (_classes[c] == 0)
            {
                _classes[c] = (byte)classes;
                _classes[char.ToUpperInvariant(c)] = (byte)classes++;
            }
        }

        _width = classes;
        var trie = new List<int[]> { NewRow() };
        var outputs = new List<HashSet<int>> { new() };
        foreach (var (keyword, value) in keywords)
        {
            var state = 0;
            foreach (var c in keyword)
            {
                ref var next = ref trie[state][_classes[c]];
                if (next < 0)
                {
                    next = trie.Count;
                    trie.Add(NewRow());
                    outputs.Add([]);
                }

                state = trie[state][_classes[c]];
            }

            outputs[state].Add(value);
        }

        Link(trie, outputs);

        // States are kept as offsets into the table, doubled with whether they end a keyword in the lowest bit, so that the loop does one load a character.
        _outputs = [.. outputs.Select(static set => set.Count == 0 ? null : set.Order().ToArray())];
        _next = [.. trie.SelectMany(row => row.Select(state => (state * _width * 2) | (_outputs[state] is null ? 0 : 1)))];
    }

    /// <summary>Goes on to the next place where a keyword ends.</summary>
    /// <param name="state">0 at the start, then what the last call left.</param>
    /// <returns>The position behind the keyword; -1 when there is none any more.</returns>
    public int Next(ReadOnlySpan<char> text, int from, ref int state)
    {
        var next = _next;
        var classes = _classes;
        var current = state;
        for (var index = from; index < text.Length; index++)
        {
            int c = text[index];
            current = next[(current >> 1) + (c < classes.Length ? classes[c] : 0)];
            if ((current & 1) != 0)
            {
                state = current;
                return index + 1;
            }
        }

        state = current;
        return -1;
    }

    /// <summary>Whether any keyword occurs.</summary>
    public bool Any(ReadOnlySpan<byte> utf8)
    {
        var next = _next;
        var classes = _classes;
        var current = 0;
        foreach (int c in utf8)
        {
            current = next[(current >> 1) + (c < classes.Length ? classes[c] : 0)];
            if ((current & 1) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>What the keywords stand for that end in the state, each once.</returns>
    public ReadOnlySpan<int> Values(int state) => _outputs[(state >> 1) / _width];

    private int[] NewRow()
    {
        var row = new int[_width];
        Array.Fill(row, -1);
        return row;
    }

    /// <summary>Breadth first, each missing transition becomes that of the longest proper suffix, and each state gains its suffixes' keywords.</summary>
    private void Link(List<int[]> trie, List<HashSet<int>> outputs)
    {
        var suffixes = new int[trie.Count];
        var queue = new Queue<int>([0]);
        while (queue.TryDequeue(out var state))
        {
            for (var c = 0; c < _width; c++)
            {
                var target = trie[state][c];
                var fallback = state == 0 ? 0 : trie[suffixes[state]][c];
                if (target < 0)
                {
                    trie[state][c] = fallback;
                    continue;
                }

                suffixes[target] = fallback;
                outputs[target].UnionWith(outputs[fallback]);
                queue.Enqueue(target);
            }
        }
    }
}
