namespace Signalbox.Scheduling;

/// <summary>A nominal time of which a record exists.</summary>
/// <param name="Outcome">How it ended; null while it waits or runs.</param>
/// <param name="Count">For how many consecutive fires from <paramref name="Nominal"/> on the record stands.</param>
public readonly record struct AccountedFire(DateTimeOffset Nominal, FireOutcome? Outcome, long Count = 1);
