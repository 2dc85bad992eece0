namespace Signalbox.Server.Audit.Search;

/// <summary>Turns a full era in memory into the rows that are kept of it.</summary>
internal static class EraWriter
{
    private const int DigitBits = 8;

    /// <summary>Gives the row of each part, the first part first.</summary>
    public static IEnumerable<byte[]> Rows(EraView era, int log, EraShape shape)
    {
        var (pairs, ends) = ByPart(era, shape);
        var scratch = new PartScratch();
        var spare = new ulong[pairs.Length == 0 ? 0 : LongestPart(ends)];
        for (var part = 0; part < shape.Parts; part++)
        {
            var start = part == 0 ? 0 : ends[part - 1];
            SortByKey(pairs.AsSpan(start, ends[part] - start), spare);
            yield return PartRow.Write(pairs.AsSpan(start, ends[part] - start), EraShape.Position(log, part, era.Era), shape.Records, scratch);
        }
    }

    /// <summary>Key and record of every term, gathered by part; within a part the records ascend.</summary>
    private static (ulong[] Pairs, int[] Ends) ByPart(EraView era, EraShape shape)
    {
        var starts = new int[shape.Parts + 1];
        foreach (var segment in era.Segments)
        {
            foreach (var term in segment.Terms)
            {
                starts[shape.PartOf(term) + 1]++;
            }
        }

        for (var part = 0; part < shape.Parts; part++)
        {
            starts[part + 1] += starts[part];
        }

        var pairs = new ulong[starts[^1]];
        var offset = 0;
        foreach (var segment in era.Segments)
        {
            var place = 0;
            foreach (var end in segment.Ends)
            {
                for (; place < end; place++)
                {
                    var term = segment.Terms[place];
                    pairs[starts[shape.PartOf(term)]++] = ((ulong)shape.KeyOf(term) << 32) | (uint)offset;
                }

                offset++;
            }
        }

        // Each start has moved on to its part's end.
        return (pairs, starts[..shape.Parts]);
    }

    private static int LongestPart(int[] ends)
    {
        var (longest, start) = (0, 0);
        foreach (var end in ends)
        {
            longest = Math.Max(longest, end - start);
            start = end;
        }

        return longest;
    }

    /// <summary>Sorts by the upper 32 bits and leaves equal ones in their order: a digit at a time, which takes a fraction of a comparing sort's time.</summary>
    private static void SortByKey(Span<ulong> pairs, ulong[] spare)
    {
        Span<int> counts = stackalloc int[(1 << DigitBits) + 1];
        var from = pairs;
        var to = spare.AsSpan(0, pairs.Length);
        for (var shift = 32; shift < 64; shift += DigitBits)
        {
            counts.Clear();
            foreach (var pair in from)
            {
                counts[(int)((pair >> shift) & 0xFF) + 1]++;
            }

            for (var digit = 0; digit < 1 << DigitBits; digit++)
            {
                counts[digit + 1] += counts[digit];
            }

            foreach (var pair in from)
            {
                to[counts[(int)((pair >> shift) & 0xFF)]++] = pair;
            }

            var swap = from;
            from = to;
            to = swap;
        }
    }
}
