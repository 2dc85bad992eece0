namespace Signalbox.Runner.Readings.Report;

/// <summary>What was counted message by message, set beside what the agent reported in the end.</summary>
internal sealed record ReconciliationReport
{
    /// <summary>Absent when the agent gave no account of its own.</summary>
    public bool? Agrees { get; init; }

    /// <summary>What was counted, by model.</summary>
    public IReadOnlyList<ModelUsageReport> Counted { get; init; } = [];

    /// <summary>What the agent reported, by model.</summary>
    public IReadOnlyList<ModelUsageReport> Reported { get; init; } = [];

    public IReadOnlyList<UsageDifference> Differences { get; init; } = [];

    /// <summary>What the agent's own telemetry told, by model; absent when none came.</summary>
    public IReadOnlyList<ModelUsageReport>? Telemetry { get; init; }
}

/// <summary>A count that two accounts do not agree on.</summary>
/// <param name="Kind"><c>input</c>, <c>output</c>, <c>cache_read</c> or <c>cache_creation</c>.</param>
internal sealed record UsageDifference(string Model, string Kind, long Counted, long Reported);
