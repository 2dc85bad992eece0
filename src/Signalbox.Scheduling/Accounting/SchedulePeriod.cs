namespace Signalbox.Scheduling;

/// <summary>A schedule and when it was in force: fires strictly after <paramref name="From"/> and not after <paramref name="Until"/> belong to it.</summary>
/// <param name="Until">Null while it still is.</param>
public sealed record SchedulePeriod(Schedule Schedule, DateTimeOffset From, DateTimeOffset? Until);
