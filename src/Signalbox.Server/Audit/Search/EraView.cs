namespace Signalbox.Server.Audit.Search;

/// <summary>An era, or its beginning, as it lies in memory; never changed once made, so whoever holds one may read it while others add to the log.</summary>
internal sealed class EraView
{
    private readonly TermSegment[] _segments;

    private EraView(long era, TermSegment[] segments)
    {
        Era = era;
        _segments = segments;
        Count = segments.Sum(static segment => segment.Count);
        Bytes = segments.Sum(static segment => segment.Bytes);
    }

    public long Era { get; }

    /// <summary>How many records it has, from the era's first one on.</summary>
    public int Count { get; }

    public long Bytes { get; }

    public IReadOnlyList<TermSegment> Segments => _segments;

    public static EraView Empty(long era) => new(era, []);

    /// <summary>The era with more records at its end.</summary>
    /// <remarks>Neighbours of similar length are joined, so there are never more than a few, and each record is copied a few times at most.</remarks>
    public EraView With(TermSegment more)
    {
        if (more.Count == 0)
        {
            return this;
        }

        var keep = _segments.Length;
        while (keep > 0 && _segments[keep - 1].Count < more.Count * 2)
        {
            more = TermSegment.Join(_segments[--keep], more);
        }

        return new EraView(Era, [.. _segments.AsSpan(0, keep), more]);
    }

    /// <summary>Adds the records that have <paramref name="term"/>.</summary>
    public void Find(ulong term, EraBits found)
    {
        var start = 0;
        foreach (var segment in _segments)
        {
            segment.Find(term, found, start);
            start += segment.Count;
        }
    }

    /// <summary>The time of each record, in order.</summary>
    public long[] Times() => [.. _segments.SelectMany(static segment => segment.Times)];
}
