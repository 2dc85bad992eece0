namespace Signalbox.Scheduling;

/// <summary>Where plan and records of a job differ.</summary>
/// <param name="Planned">How many nominal fires the window has.</param>
/// <param name="Matched">How many of them have a record.</param>
/// <param name="Missed">Nominal times without a record, in order; at most <see cref="Accountability.MaxListed"/>.</param>
/// <param name="MissedTotal">How many there are, listed or not.</param>
/// <param name="Extra">Records that no schedule in force explains, in order, repetitions included; at most <see cref="Accountability.MaxListed"/>.</param>
/// <param name="ExtraTotal">How many there are, listed or not.</param>
public sealed record AccountabilityReport(
    long Planned, long Matched, IReadOnlyList<DateTimeOffset> Missed, long MissedTotal, IReadOnlyList<AccountedFire> Extra, long ExtraTotal)
{
    /// <summary>Plan and records agree.</summary>
    public bool IsClean => MissedTotal == 0 && ExtraTotal == 0;
}
