namespace Signalbox.Scheduling;

/// <summary>The proleptic Gregorian calendar as plain seconds since 0001-01-01T00:00:00, for local times and for UTC alike.</summary>
internal static class LocalTime
{
    public const int SecondsPerDay = 86_400;

    /// <summary>There is no such time.</summary>
    public const long None = long.MaxValue;

    /// <summary>Nothing is looked for after the year 9998, so that no offset can leave the calendar.</summary>
    public const int LastYear = 9998;

    /// <summary>The number of the last day, 9998-12-31.</summary>
    public static readonly int LastDay = new DateOnly(LastYear, 12, 31).DayNumber;

    /// <summary>The first second that is not looked at any more.</summary>
    public static readonly long End = (LastDay + 1L) * SecondsPerDay;

    /// <summary>Sunday is 0, as in cron.</summary>
    public static int WeekdayOf(int dayNumber) => (dayNumber + 1) % 7;

    public static long SecondsOf(DateTime local) => local.Ticks / TimeSpan.TicksPerSecond;

    public static DateTimeOffset ToInstant(long utcSeconds) => new(utcSeconds * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    /// <summary>Rounds down to a whole millisecond, which is what is stored.</summary>
    public static DateTimeOffset ToMilliseconds(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
