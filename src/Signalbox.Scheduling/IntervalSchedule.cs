using System.Globalization;

namespace Signalbox.Scheduling;

/// <summary>Fires at an anchor and then at every whole multiple of an interval after it, whatever the clocks on the wall do.</summary>
public sealed record IntervalSchedule : Schedule
{
    /// <summary>The shortest interval, 1 s.</summary>
    public static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(1);

    /// <summary>The longest interval, 3,660 days.</summary>
    public static readonly TimeSpan MaxInterval = TimeSpan.FromDays(3660);

    /// <summary>Makes a schedule of an interval from <see cref="MinInterval"/> to <see cref="MaxInterval"/> in whole milliseconds.</summary>
    /// <param name="anchor">The first fire; rounded down to a millisecond.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is outside its range or has a fraction of a millisecond.</exception>
    public IntervalSchedule(TimeSpan interval, DateTimeOffset anchor)
    {
        if (interval < MinInterval || interval > MaxInterval || interval.Ticks % TimeSpan.TicksPerMillisecond != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(interval), interval, "An interval is from 1 s to 3,660 days, in whole milliseconds.");
        }

        Interval = interval;
        Anchor = LocalTime.ToMilliseconds(anchor);
    }

    public TimeSpan Interval { get; }

    /// <summary>The first fire.</summary>
    public DateTimeOffset Anchor { get; }

    public override TimeZoneInfo Zone => TimeZoneInfo.Utc;

    public override Fire? Next(DateTimeOffset after)
    {
        if (after < Anchor)
        {
            return new Fire(Anchor, FireMark.None);
        }

        var steps = ((after - Anchor).Ticks / Interval.Ticks) + 1;
        var ticks = Anchor.UtcTicks + (steps * Interval.Ticks);
        return ticks >= LocalTime.End * TimeSpan.TicksPerSecond ? null : new Fire(new DateTimeOffset(ticks, TimeSpan.Zero), FireMark.None);
    }

    public override long CountBetween(DateTimeOffset from, DateTimeOffset until) => Math.Max(0, CountBefore(until) - CountBefore(from));

    public override string Describe() => string.Create(CultureInfo.InvariantCulture, $"every {DurationWords.Of(Interval)} from {Anchor:yyyy-MM-dd HH:mm:ss.FFF} UTC");

    private long CountBefore(DateTimeOffset instant)
    {
        var last = new DateTimeOffset(Math.Min(instant.UtcTicks, LocalTime.End * TimeSpan.TicksPerSecond), TimeSpan.Zero);
        return last <= Anchor ? 0 : ((last - Anchor).Ticks - 1) / Interval.Ticks + 1;
    }
}
