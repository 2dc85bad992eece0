using NodaTime;

namespace Signalbox.Scheduling.Tests.Cron;

/// <summary>Finds the fires of a window by looking at the wall clock at every minute or second of it, as NodaTime shows it.</summary>
internal sealed record WallClockOracle(DateTimeZone Zone, Func<LocalDateTime, bool> Matches, DstGap Gap, DstOverlap Overlap, int StepSeconds)
{
    public IReadOnlyList<Fire> Between(DateTimeOffset from, DateTimeOffset until)
    {
        var fires = new SortedDictionary<DateTimeOffset, FireMark>();
        for (var at = from; at < until; at = at.AddSeconds(StepSeconds))
        {
            var local = Instant.FromDateTimeOffset(at).InZone(Zone).LocalDateTime;
            if (Matches(local) && MarkOf(at, local) is { } mark)
            {
                fires[at] = mark;
            }
        }

        var changes = Zone.GetZoneIntervals(Instant.FromDateTimeOffset(from.AddDays(-2)), Instant.FromDateTimeOffset(until)).ToList();
        for (var index = 1; index < changes.Count; index++)
        {
            AddShifted(fires, changes[index - 1], changes[index], from, until);
        }

        return [.. fires.Select(static pair => new Fire(pair.Key, pair.Value))];
    }

    private FireMark? MarkOf(DateTimeOffset at, LocalDateTime local)
    {
        var mapping = Zone.MapLocal(local);
        if (mapping.Count == 1)
        {
            return FireMark.None;
        }

        var isFirst = mapping.First().ToInstant().ToDateTimeOffset() == at;
        return (Overlap, isFirst) switch
        {
            (DstOverlap.First, false) or (DstOverlap.Last, true) => null,
            _ => isFirst ? FireMark.OverlapFirst : FireMark.OverlapSecond,
        };
    }

    private void AddShifted(SortedDictionary<DateTimeOffset, FireMark> fires, NodaTime.TimeZones.ZoneInterval before, NodaTime.TimeZones.ZoneInterval after, DateTimeOffset from, DateTimeOffset until)
    {
        var change = after.Start.ToDateTimeOffset();
        for (var missing = before.IsoLocalEnd; Gap != DstGap.Skip && missing < after.IsoLocalStart; missing = missing.PlusSeconds(StepSeconds))
        {
            var behind = Gap == DstGap.ShiftByDelta ? Period.Between(before.IsoLocalEnd, missing, PeriodUnits.Seconds).Seconds : 0;
            var at = change.AddSeconds(behind);
            if (Matches(missing) && at >= from && at < until)
            {
                fires.TryAdd(at, FireMark.Gap);
            }
        }
    }
}
