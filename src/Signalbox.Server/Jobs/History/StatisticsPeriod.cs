namespace Signalbox.Server.Jobs.History;

/// <summary>A period in the units in which statistics are kept: hours, and days for what is older than about a week.</summary>
/// <param name="FromMs">Begin of an hour.</param>
/// <param name="FromDayMs">Begin of the day that holds it.</param>
/// <param name="ToMs">End of an hour, exclusive.</param>
internal sealed record StatisticsPeriod(long FromMs, long FromDayMs, long ToMs)
{
    public const long HourMs = 3_600_000;
    public const long DayMs = 24 * HourMs;

    public static StatisticsPeriod Of(DateTimeOffset from, DateTimeOffset to)
    {
        var fromMs = from.ToUnixTimeMilliseconds();
        var toMs = to.ToUnixTimeMilliseconds();
        return new StatisticsPeriod(Floor(fromMs, HourMs), Floor(fromMs, DayMs), Floor(toMs + HourMs - 1, HourMs));
    }

    /// <summary>By day everything is added up in whole days.</summary>
    public StatisticsPeriod InDays() => new(FromDayMs, FromDayMs, Floor(ToMs + DayMs - 1, DayMs));

    public static long Floor(long value, long unit) => (long)Math.Floor((double)value / unit) * unit;
}
