using System.Text.Json.Serialization;

namespace Signalbox.Runner.Readings.Report;

/// <summary>How many audit records there are.</summary>
/// <param name="Records">All of them.</param>
/// <param name="Unattributed">Of changes that no event tells of.</param>
internal sealed record AuditTotals(long Records, long Denied, long Failed, long Unattributed)
{
    /// <summary>The same by action and outcome, for the metrics; in ordinal order. Not part of the report: <c>audit.jsonl</c> has the records themselves.</summary>
    [JsonIgnore]
    public IReadOnlyList<AuditCount> Actions { get; init; } = [];
}

/// <summary>Audit records of one kind.</summary>
internal sealed record AuditCount(string Action, string Outcome, long Records);
