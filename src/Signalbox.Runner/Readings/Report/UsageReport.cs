namespace Signalbox.Runner.Readings.Report;

/// <summary>Tokens and money of a run.</summary>
internal sealed record UsageReport
{
    /// <summary>What counts in the end: the agent's closing account where it gave one, otherwise what was counted. In ordinal order of the models' names.</summary>
    public IReadOnlyList<ModelUsageReport> Models { get; init; } = [];

    /// <summary>Of all models and kinds.</summary>
    public required long TotalTokens { get; init; }

    /// <summary>Absent when neither the agent nor the price list knows.</summary>
    public double? CostUsd { get; init; }

    /// <summary><c>reported</c>, <c>prices</c>, <c>mixed</c> or <c>none</c>.</summary>
    public required string CostSource { get; init; }

    /// <summary>Messages that read from a cache.</summary>
    public required long CacheHits { get; init; }

    /// <summary>Messages of models, each counted once.</summary>
    public required long Messages { get; init; }

    public required ReconciliationReport Reconciliation { get; init; }
}
