namespace Signalbox.Scheduling;

/// <summary>What became of fires and runs when they were matched.</summary>
/// <param name="Unsatisfied">Fires without a run.</param>
/// <param name="Extra">Runs without a fire.</param>
/// <param name="Overlapping">Runs that were under way at the same time.</param>
public sealed record RunMatchingReport(
    IReadOnlyList<(DateTimeOffset Fire, ObservedRun Run)> Matched,
    IReadOnlyList<DateTimeOffset> Unsatisfied,
    IReadOnlyList<ObservedRun> Extra,
    IReadOnlyList<(ObservedRun Earlier, ObservedRun Later)> Overlapping);
