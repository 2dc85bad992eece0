namespace Signalbox.Server.Audit.Search;

/// <summary>The terms and times of records that follow each other; never changed once made.</summary>
/// <param name="Terms">Those of all records, one after the other.</param>
/// <param name="Ends">For each record, where its terms end.</param>
/// <param name="Times">For each record, its time in milliseconds.</param>
internal sealed record TermSegment(ulong[] Terms, int[] Ends, long[] Times)
{
    private const int Overhead = 128;

    public int Count => Ends.Length;

    /// <summary>What it takes in memory.</summary>
    public long Bytes => (Terms.Length * sizeof(ulong)) + (Ends.Length * (sizeof(int) + sizeof(long))) + Overhead;

    public TermSegment Slice(int from, int count)
    {
        if (from == 0 && count == Count)
        {
            return this;
        }

        var start = from == 0 ? 0 : Ends[from - 1];
        var until = count == 0 ? start : Ends[from + count - 1];
        var ends = Ends.AsSpan(from, count).ToArray();
        for (var index = 0; index < ends.Length; index++)
        {
            ends[index] -= start;
        }

        return new TermSegment(Terms.AsSpan(start, until - start).ToArray(), ends, Times.AsSpan(from, count).ToArray());
    }

    public static TermSegment Join(TermSegment first, TermSegment second)
    {
        var ends = new int[first.Count + second.Count];
        first.Ends.CopyTo(ends, 0);
        for (var index = 0; index < second.Count; index++)
        {
            ends[first.Count + index] = second.Ends[index] + first.Terms.Length;
        }

        return new TermSegment([.. first.Terms, .. second.Terms], ends, [.. first.Times, .. second.Times]);
    }

    /// <summary>Adds the records that have <paramref name="term"/>; the first record of this segment has the offset <paramref name="start"/>.</summary>
    public void Find(ulong term, EraBits found, int start)
    {
        var terms = Terms.AsSpan();
        var place = 0;
        var record = 0;
        for (var next = terms.IndexOf(term); next >= 0; next = terms[place..].IndexOf(term))
        {
            place += next + 1;
            record = RecordOf(place - 1, record);
            found.Add(start + record);
        }
    }

    /// <summary>Which record has the term at <paramref name="place"/>.</summary>
    private int RecordOf(int place, int from)
    {
        // The first end beyond the place; records without terms have the end of the one before them and are passed by.
        var (low, high) = (from, Ends.Length - 1);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (Ends[middle] > place)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
