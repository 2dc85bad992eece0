namespace Signalbox.Runner.Readings.Report;

/// <summary>How many audit records there are.</summary>
/// <param name="Records">All of them.</param>
/// <param name="Unattributed">Of changes that no event tells of.</param>
internal sealed record AuditTotals(long Records, long Denied, long Failed, long Unattributed);
