namespace Signalbox.Scheduling;

/// <summary>When a job fires: a strictly increasing sequence of instants, computed and never remembered.</summary>
/// <remarks>The set is closed: cron, interval, one time and RFC 5545 recurrence. All instants are whole milliseconds, so that they survive a database column.</remarks>
public abstract record Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>The zone in which the schedule reads the clock on the wall; UTC for schedules that do not.</summary>
    public abstract TimeZoneInfo Zone { get; }

    /// <summary>The first fire strictly after an instant, or null when there is none up to the year 9998.</summary>
    public abstract Fire? Next(DateTimeOffset after);

    /// <summary>One English line that says exactly when the schedule fires.</summary>
    public abstract string Describe();

    /// <summary>All fires strictly after an instant, in order; endless for most schedules.</summary>
    public IEnumerable<Fire> After(DateTimeOffset after)
    {
        for (var fire = Next(after); fire is { } found; fire = Next(found.At))
        {
            yield return found;
        }
    }

    /// <summary>How many fires there are from one instant (inclusive) to another (exclusive), without walking through them where arithmetic will do.</summary>
    public abstract long CountBetween(DateTimeOffset from, DateTimeOffset until);
}
