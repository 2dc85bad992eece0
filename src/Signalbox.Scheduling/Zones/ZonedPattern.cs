namespace Signalbox.Scheduling;

/// <summary>Maps a pattern of local times to instants, by the rules for clocks that go forward and back.</summary>
internal sealed record ZonedPattern
{
    /// <summary>No change of the clocks, and no offset, moves a local time further from its instant than this.</summary>
    private const long FurthestShift = 2 * LocalTime.SecondsPerDay;

    private readonly ILocalPattern _pattern;
    private readonly ZoneOffsets _offsets;
    private readonly DstGap _gap;
    private readonly DstOverlap _overlap;

    public ZonedPattern(ILocalPattern pattern, TimeZoneInfo zone, DstGap gap, DstOverlap overlap)
    {
        Zone = zone;
        _pattern = pattern;
        _offsets = ZoneOffsets.Of(zone);
        _gap = gap;
        _overlap = overlap != DstOverlap.Auto ? overlap : pattern.HasFixedTimes ? DstOverlap.First : DstOverlap.Both;
    }

    public TimeZoneInfo Zone { get; }

    public Fire? Next(DateTimeOffset after)
    {
        var utc = Math.Max((after.UtcTicks / TimeSpan.TicksPerSecond) + 1, FurthestShift);
        while (utc < LocalTime.End)
        {
            var segment = _offsets.At(utc);
            var (ordinary, mark) = Ordinary(segment, utc);
            var shifted = Shifted(segment, utc);
            var first = Math.Min(ordinary, shifted);
            if (first != LocalTime.None)
            {
                return first > _pattern.UntilUtc ? null : new Fire(LocalTime.ToInstant(first), ordinary == first ? mark : FireMark.Gap);
            }

            // A change may set the local clock back, so the search goes on from the lowest local time that can still come.
            var local = _pattern.NextAtOrAfter(segment.To + Math.Min(segment.Offset, segment.OffsetAfter));
            if (local == LocalTime.None)
            {
                return null;
            }

            utc = Math.Max(segment.To, local - FurthestShift);
        }

        return null;
    }

    /// <summary>Counts by arithmetic where the clocks are calm and walks through the days around a change, where fires can merge.</summary>
    public long CountBetween(DateTimeOffset from, DateTimeOffset until)
    {
        var end = Math.Min(CeilingOf(until), Math.Min(LocalTime.End, _pattern.UntilUtc == LocalTime.None ? LocalTime.End : _pattern.UntilUtc + 1));
        var count = 0L;
        for (var utc = FirstFrom(Math.Max(CeilingOf(from), FurthestShift)); utc < end; utc = FirstFrom(utc))
        {
            var segment = _offsets.At(utc);
            var calmFrom = segment.OffsetBefore == segment.Offset ? segment.From : segment.Previous + FurthestShift;
            var calmTo = Math.Min(segment.OffsetAfter == segment.Offset ? segment.To : segment.Following - FurthestShift, segment.To);
            if (utc >= calmFrom && utc < calmTo)
            {
                var to = Math.Min(calmTo, end);
                count += _pattern.CountBetween(utc + segment.Offset, to + segment.Offset);
                utc = to;
            }
            else
            {
                var to = Math.Min(utc < calmFrom && calmFrom < segment.To ? calmFrom : segment.To, end);
                count += Walk(utc, to);
                utc = to;
            }
        }

        return count;
    }

    /// <summary>The local times that <see cref="DstGap.Skip"/> drops in gaps that end in (<paramref name="after"/>, <paramref name="until"/>].</summary>
    public IEnumerable<DroppedTime> DroppedBetween(DateTimeOffset after, DateTimeOffset until)
    {
        var last = Math.Min(until.UtcTicks / TimeSpan.TicksPerSecond, LocalTime.End - 1);
        for (var utc = Math.Max((after.UtcTicks / TimeSpan.TicksPerSecond) + 1, FurthestShift); _gap == DstGap.Skip && utc <= last;)
        {
            var segment = _offsets.At(utc);
            if (segment.BeginsWithGap && segment.Previous >= utc)
            {
                for (var local = _pattern.NextAtOrAfter(segment.GapStart); local < segment.GapEnd; local = _pattern.NextAtOrAfter(local + 1))
                {
                    yield return new DroppedTime(LocalTime.ToInstant(segment.Previous), AtOffset(local, segment.OffsetBefore));
                }
            }

            utc = segment.To;
        }
    }

    /// <summary>An instant as the zone's clock shows it.</summary>
    public DateTimeOffset ToLocal(DateTimeOffset instant) =>
        instant.ToOffset(TimeSpan.FromSeconds(_offsets.At(instant.UtcTicks / TimeSpan.TicksPerSecond).Offset));

    private static DateTimeOffset AtOffset(long local, int offset) => new(local * TimeSpan.TicksPerSecond, TimeSpan.FromSeconds(offset));

    private static long CeilingOf(DateTimeOffset instant) => (instant.UtcTicks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;

    /// <summary>The first time that exists by itself in a segment, at or after a UTC second.</summary>
    private (long Utc, FireMark Mark) Ordinary(in OffsetSegment segment, long utc)
    {
        var local = _pattern.NextAtOrAfter(utc + segment.Offset);
        if (_overlap == DstOverlap.First && segment.IsSecondPass(local))
        {
            local = _pattern.NextAtOrAfter(segment.Previous + segment.OffsetBefore);
        }

        if (local == LocalTime.None || local - segment.Offset >= segment.To)
        {
            return (LocalTime.None, FireMark.None);
        }

        if (segment.IsSecondPass(local))
        {
            return (local - segment.Offset, FireMark.OverlapSecond);
        }

        if (!segment.IsFirstPass(local))
        {
            return (local - segment.Offset, FireMark.None);
        }

        return _overlap == DstOverlap.Last ? (LocalTime.None, FireMark.None) : (local - segment.Offset, FireMark.OverlapFirst);
    }

    /// <summary>The first time that is moved out of the gap with which a segment begins, at or after a UTC second.</summary>
    private long Shifted(in OffsetSegment segment, long utc)
    {
        if (!segment.BeginsWithGap || _gap == DstGap.Skip || (_gap == DstGap.ShiftToEnd && utc > segment.Previous))
        {
            return LocalTime.None;
        }

        if (_gap == DstGap.ShiftToEnd)
        {
            return _pattern.NextAtOrAfter(segment.GapStart) < segment.GapEnd ? segment.Previous : LocalTime.None;
        }

        var local = _pattern.NextAtOrAfter(Math.Max(utc, segment.Previous) + segment.OffsetBefore);
        return local < segment.GapEnd && local - segment.OffsetBefore < segment.To ? local - segment.OffsetBefore : LocalTime.None;
    }

    private long FirstFrom(long utc) => Next(LocalTime.ToInstant(utc - 1)) is { } fire ? fire.At.UtcTicks / TimeSpan.TicksPerSecond : LocalTime.None;

    private long Walk(long utc, long until)
    {
        var count = 0L;
        var end = LocalTime.ToInstant(until);
        for (var fire = Next(LocalTime.ToInstant(utc - 1)); fire is { } found && found.At < end; fire = Next(found.At))
        {
            count++;
        }

        return count;
    }
}
