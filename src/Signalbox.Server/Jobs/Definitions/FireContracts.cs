namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Asks when a schedule would fire.</summary>
internal sealed record PreviewSchedule
{
    public required TaskSchedule Schedule { get; init; }

    /// <summary>The job's name, by which the fields H of a cron expression are spread.</summary>
    public string? Name { get; init; }

    /// <summary>Default now.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>From 1 to 1000; default 50.</summary>
    public int? Count { get; init; }
}

/// <summary>The next fires of a schedule.</summary>
/// <param name="TimeZone">In which local times are given.</param>
/// <param name="Description">The schedule in words.</param>
internal sealed record TaskPreview(IReadOnlyList<PreviewFire> Items, string TimeZone, string Description);

/// <summary>One fire to come.</summary>
/// <param name="Local">RFC 3339 with the zone's offset.</param>
/// <param name="Mark"><c>gap</c>, <c>overlapFirst</c>, <c>overlapSecond</c> or <c>skippedGap</c>; null on a plain day.</param>
/// <param name="Note">The mark in words.</param>
internal sealed record PreviewFire(DateTimeOffset At, string Local, string? Mark, string? Note);

/// <summary>One nominal fire and what became of it.</summary>
/// <param name="Outcome"><c>ran</c>, <c>late</c>, <c>coalesced</c>, <c>skipped</c>, <c>missed</c>, or <c>pending</c> while its execution has not ended.</param>
/// <param name="Reason">Why it was skipped.</param>
/// <param name="Count">More than 1 when several fires share this line because the catch-up cap was passed.</param>
internal sealed record FireItem(DateTimeOffset NominalAt, string Outcome, string? Reason, long Count, string? ExecutionId);

/// <summary>One page of fires, newest first.</summary>
internal sealed record FireList(IReadOnlyList<FireItem> Items, string? Next);

/// <summary>One schedule of a job and when it was in force.</summary>
/// <param name="From">A fire at this very moment is not planned by it.</param>
/// <param name="Until">A fire at this very moment still is; null while the schedule is in force.</param>
internal sealed record TaskSchedulePeriod(long Version, TaskSchedule Schedule, DateTimeOffset From, DateTimeOffset? Until);

/// <summary>The schedules that were in force, newest first.</summary>
internal sealed record TaskSchedulePeriodList(IReadOnlyList<TaskSchedulePeriod> Items, string? Next);
