using NodaTime;
using NodaTime.TimeZones;

namespace Signalbox.Scheduling.Tests.Zones;

/// <summary>Zones of every kind of oddity, and the changes of their offsets as NodaTime's own copy of the zone database knows them.</summary>
internal static class SampleZones
{
    /// <summary>The first and the first not looked at of the years of the comparisons.</summary>
    public const int FromYear = 1996;

    public const int ToYear = 2038;

    public static readonly string[] Names =
    [
        "Africa/Cairo", "Africa/Casablanca", "Africa/El_Aaiun", "Africa/Johannesburg", "Africa/Juba", "Africa/Sao_Tome", "Africa/Tripoli", "Africa/Windhoek",
        "America/Anchorage", "America/Argentina/Buenos_Aires", "America/Asuncion", "America/Bogota", "America/Caracas", "America/Chicago", "America/Denver",
        "America/Godthab", "America/Halifax", "America/Havana", "America/Los_Angeles", "America/Mexico_City", "America/New_York", "America/Phoenix",
        "America/Port-au-Prince", "America/Santiago", "America/Sao_Paulo", "America/Scoresbysund", "America/St_Johns", "America/Toronto",
        "Antarctica/Casey", "Antarctica/Davis", "Antarctica/Macquarie", "Antarctica/Troll",
        "Asia/Amman", "Asia/Baghdad", "Asia/Beirut", "Asia/Colombo", "Asia/Damascus", "Asia/Dhaka", "Asia/Gaza", "Asia/Hebron", "Asia/Jerusalem", "Asia/Kathmandu",
        "Asia/Kolkata", "Asia/Novosibirsk", "Asia/Pyongyang", "Asia/Shanghai", "Asia/Tehran", "Asia/Tokyo", "Asia/Ulaanbaatar", "Asia/Vladivostok",
        "Atlantic/Azores", "Australia/Adelaide", "Australia/Eucla", "Australia/Lord_Howe", "Australia/Sydney",
        "Europe/Berlin", "Europe/Chisinau", "Europe/Dublin", "Europe/Istanbul", "Europe/Lisbon", "Europe/London", "Europe/Moscow", "Europe/Simferopol", "Europe/Volgograd",
        "Pacific/Apia", "Pacific/Auckland", "Pacific/Bougainville", "Pacific/Chatham", "Pacific/Easter", "Pacific/Fakaofo", "Pacific/Fiji", "Pacific/Kwajalein",
        "Pacific/Marquesas", "Pacific/Norfolk", "Pacific/Tongatapu", "Etc/UTC", "Etc/GMT+12", "Etc/GMT-14",
    ];

    private static readonly Instant From = Instant.FromUtc(FromYear, 1, 1, 0, 0);

    private static readonly Instant To = Instant.FromUtc(ToYear, 1, 1, 0, 0);

    public static DateTimeZone Noda(string name) => DateTimeZoneProviders.Tzdb[name];

    /// <summary>Instants at which the offset changes, with the offsets in seconds before and after.</summary>
    public static IEnumerable<(DateTimeOffset At, int Before, int After)> Changes(DateTimeZone zone)
    {
        var intervals = zone.GetZoneIntervals(new Interval(From, To), ZoneEqualityComparer.Options.OnlyMatchWallOffset).ToList();
        for (var index = 1; index < intervals.Count; index++)
        {
            var (before, after) = (intervals[index - 1], intervals[index]);
            if (before.WallOffset != after.WallOffset)
            {
                yield return (after.Start.ToDateTimeOffset(), before.WallOffset.Seconds, after.WallOffset.Seconds);
            }
        }
    }

    /// <summary>The zones with the changes on which the system's zone database and NodaTime's agree; the two may have been made in different years.</summary>
    public static IReadOnlyList<(string Name, TimeZoneInfo System, DateTimeZone Noda, IReadOnlyList<DateTimeOffset> Changes)> Agreed { get; } =
        [.. Names.Select(static name => (name, Schedules.Zone(name), Noda(name), (IReadOnlyList<DateTimeOffset>)[.. AgreedChanges(name)]))];

    private static IEnumerable<DateTimeOffset> AgreedChanges(string name)
    {
        var file = CompiledZone.Read(name);
        var noda = Noda(name);
        return Changes(noda).Select(static change => change.At).Where(at => Enumerable.Range(-72, 145).All(hours =>
            file.OffsetAt(at.AddHours(hours).ToUnixTimeSeconds()) == noda.GetUtcOffset(Instant.FromDateTimeOffset(at.AddHours(hours))).Seconds));
    }
}
