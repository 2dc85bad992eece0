using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Signalbox.Scheduling;

/// <summary>The changes of a zone's offset, found by asking the zone and kept a year at a time.</summary>
/// <remarks>
/// The zone is asked only for the offset of UTC instants, never for its rules or for what is invalid or ambiguous: the rules have several shapes
/// and quirks, an offset at an instant has one meaning. A zone changes its offset at most once a day, so one question a day finds every change.
/// Only after the last change that the zone's file lists is the file's own rule asked instead, because the runtime does not read all rules as they are meant.
/// </remarks>
internal sealed class ZoneOffsets
{
    private const int DaysAround = 2;
    private const int YearsCompared = 100;
    private const int MostYears = 256;

    /// <summary>Since 1973 no zone has an offset with seconds, which the runtime would round.</summary>
    private static readonly long WholeMinutesFrom = LocalTime.SecondsOf(new DateTime(1973, 1, 1, 0, 0, 0, DateTimeKind.Unspecified));

    private static readonly ConditionalWeakTable<TimeZoneInfo, ZoneOffsets> Known = [];

    private readonly TimeZoneInfo _zone;
    private readonly ConcurrentDictionary<int, OffsetSegment[]> _years = new();

    private readonly ZoneFile? _file;

    private ZoneOffsets(TimeZoneInfo zone)
    {
        _zone = zone;
        _file = ZoneFile.Find(zone.Id) is { } file && Agree(zone, file) ? file : null;
    }

    public static ZoneOffsets Of(TimeZoneInfo zone) => Known.GetValue(zone, static zone => new ZoneOffsets(zone));

    /// <summary>The stretch that contains a UTC second.</summary>
    public OffsetSegment At(long utcSeconds)
    {
        var year = DateOnly.FromDayNumber((int)(utcSeconds / LocalTime.SecondsPerDay)).Year;
        foreach (var segment in _years.TryGetValue(year, out var known) ? known : Add(year))
        {
            if (utcSeconds < segment.To)
            {
                return segment;
            }
        }

        throw new InvalidOperationException("A year ended before one of its seconds.");
    }

    private OffsetSegment[] Add(int year)
    {
        // A schedule asked for its next thousand years must not leave them all in memory.
        if (_years.Count >= MostYears)
        {
            _years.Clear();
        }

        return _years.GetOrAdd(year, Build(year));
    }

    private OffsetSegment[] Build(int year)
    {
        var from = (long)new DateOnly(year, 1, 1).DayNumber * LocalTime.SecondsPerDay;
        var to = (new DateOnly(year, 12, 31).DayNumber + 1L) * LocalTime.SecondsPerDay;
        var changes = Changes(from - (DaysAround * LocalTime.SecondsPerDay), to + (DaysAround * LocalTime.SecondsPerDay));
        var segments = new List<OffsetSegment>();
        for (var index = 0; index <= changes.Count; index++)
        {
            var before = index > 0 ? changes[index - 1] : default((long At, int Before, int After)?);
            var after = index < changes.Count ? changes[index] : default((long At, int Before, int After)?);
            var offset = before?.After ?? after?.Before ?? OffsetAt(from);
            var segment = new OffsetSegment(
                Math.Max(from, before?.At ?? from),
                Math.Min(to, after?.At ?? to),
                offset,
                before?.At ?? 0,
                before?.Before ?? offset,
                after?.At ?? 0,
                after?.After ?? offset);
            if (segment.From < segment.To)
            {
                segments.Add(segment);
            }
        }

        return [.. segments];
    }

    private List<(long At, int Before, int After)> Changes(long from, long to)
    {
        var changes = new List<(long At, int Before, int After)>();
        var offset = OffsetAt(from);
        for (var day = from; day < to; day += LocalTime.SecondsPerDay)
        {
            var next = OffsetAt(day + LocalTime.SecondsPerDay);
            if (next != offset)
            {
                changes.Add((FirstWith(next, day, day + LocalTime.SecondsPerDay), offset, next));
                offset = next;
            }
        }

        return changes;
    }

    private long FirstWith(int offset, long without, long with)
    {
        while (with - without > 1)
        {
            var middle = without + ((with - without) / 2);
            (without, with) = OffsetAt(middle) == offset ? (without, middle) : (middle, with);
        }

        return with;
    }

    private int OffsetAt(long utcSeconds)
    {
        var inside = Math.Clamp(utcSeconds, 0, LocalTime.End);
        return _file is { } file && inside >= file.From ? file.Rule.OffsetAt(inside) : OffsetOf(_zone, inside);
    }

    /// <summary>Zone and file are of the same data when they agree on all listed changes since the offsets of zones are whole minutes, and on the middle of winters and summers.</summary>
    private static bool Agree(TimeZoneInfo zone, ZoneFile file) =>
        file.Changes.Where(static change => change.At >= WholeMinutesFrom).All(change => OffsetOf(zone, change.At) == change.Offset)
        && Enumerable.Range(0, YearsCompared * 2)
            .Select(static half => WholeMinutesFrom + (((half * 365L / 2) + 15) * LocalTime.SecondsPerDay))
            .All(at => at < file.From || OffsetOf(zone, at) == file.Rule.OffsetAt(at));

    private static int OffsetOf(TimeZoneInfo zone, long utcSeconds) =>
        (int)zone.GetUtcOffset(new DateTime(utcSeconds * TimeSpan.TicksPerSecond, DateTimeKind.Utc)).TotalSeconds;
}
