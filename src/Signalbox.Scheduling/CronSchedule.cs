namespace Signalbox.Scheduling;

/// <summary>Fires when the clock on the wall of a zone reads what a cron expression says.</summary>
public sealed record CronSchedule : Schedule
{
    private readonly ZonedPattern _times;

    public CronSchedule(CronExpression expression, TimeZoneInfo zone, DstGap gap = DstGap.ShiftToEnd, DstOverlap overlap = DstOverlap.Auto)
    {
        Expression = expression;
        Gap = gap;
        Overlap = overlap;
        _times = new ZonedPattern(expression, zone, gap, overlap);
    }

    public CronExpression Expression { get; }

    public override TimeZoneInfo Zone => _times.Zone;

    public DstGap Gap { get; }

    public DstOverlap Overlap { get; }

    internal ZonedPattern Times => _times;

    public override Fire? Next(DateTimeOffset after) => _times.Next(after);

    public override long CountBetween(DateTimeOffset from, DateTimeOffset until) => _times.CountBetween(from, until);

    public override string Describe() => $"{Expression.Describe()} ({Zone.Id})";
}
