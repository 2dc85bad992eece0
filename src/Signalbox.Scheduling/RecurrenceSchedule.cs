using System.Globalization;

namespace Signalbox.Scheduling;

/// <summary>Fires by a recurrence rule of RFC 5545, counted from a local start in a zone.</summary>
public sealed record RecurrenceSchedule : Schedule
{
    private readonly ZonedPattern _times;

    /// <param name="start">DTSTART as local time of <paramref name="zone"/>; fractions of a second are dropped. It fires only when the rule contains it.</param>
    public RecurrenceSchedule(RecurrenceRule rule, DateTime start, TimeZoneInfo zone, DstGap gap = DstGap.ShiftToEnd, DstOverlap overlap = DstOverlap.Auto)
    {
        Rule = rule;
        Start = new DateTime(start.Ticks - (start.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Unspecified);
        Gap = gap;
        Overlap = overlap;
        _times = new ZonedPattern(new RecurrencePattern(rule, LocalTime.SecondsOf(Start)), zone, gap, overlap);
    }

    public RecurrenceRule Rule { get; }

    /// <summary>DTSTART, local time.</summary>
    public DateTime Start { get; }

    public override TimeZoneInfo Zone => _times.Zone;

    public DstGap Gap { get; }

    public DstOverlap Overlap { get; }

    internal ZonedPattern Times => _times;

    public override Fire? Next(DateTimeOffset after) => _times.Next(after);

    public override long CountBetween(DateTimeOffset from, DateTimeOffset until) => _times.CountBetween(from, until);

    public override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{Rule} from {Start:yyyy-MM-dd HH:mm:ss} ({Zone.Id})");
}
