namespace Signalbox.Scheduling;

/// <summary>What is decided about one nominal fire, or about several consecutive ones at once.</summary>
/// <param name="Nominal">The nominal time; the earliest when there are several.</param>
/// <param name="Due">When it may start: the nominal time and its jitter.</param>
public sealed record PlannedFire(DateTimeOffset Nominal, DateTimeOffset Due, FireDisposition Disposition)
{
    /// <summary>Why it does not run; null unless <see cref="Disposition"/> is <see cref="FireDisposition.Skipped"/>.</summary>
    public SkipReason? Reason { get; init; }

    /// <summary>The nominal time of the fire that runs for it; null unless <see cref="Disposition"/> is <see cref="FireDisposition.Coalesced"/>.</summary>
    public DateTimeOffset? CoalescedInto { get; init; }

    /// <summary>For how many consecutive nominal fires this stands; more than 1 only beyond the catch-up limit.</summary>
    public long Count { get; init; } = 1;

    /// <summary>True when its time had already passed by more than the grace.</summary>
    public bool Misfired { get; init; }
}

/// <summary>What becomes of a planned fire.</summary>
public enum FireDisposition
{
    /// <summary>It becomes an execution.</summary>
    Run,

    /// <summary>A later fire of the same plan runs for it.</summary>
    Coalesced,

    /// <summary>It does not run.</summary>
    Skipped,
}
