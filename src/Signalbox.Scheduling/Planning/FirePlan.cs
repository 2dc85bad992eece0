namespace Signalbox.Scheduling;

/// <summary>Decisions about the fires of one job, in the order of their nominal times, and where planning goes on.</summary>
/// <param name="NextNominal">The first nominal time not planned yet, to be stored; null when the schedule has ended.</param>
/// <param name="BeyondCap">How many missed fires went beyond the catch-up limit and share one row; when not 0 the user should see a warning.</param>
public sealed record FirePlan(IReadOnlyList<PlannedFire> Fires, DateTimeOffset? NextNominal, long BeyondCap);
