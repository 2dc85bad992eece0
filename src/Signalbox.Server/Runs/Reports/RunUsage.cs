namespace Signalbox.Server.Runs.Reports;

/// <summary>Tokens and money of a run.</summary>
internal sealed record RunUsage
{
    public IReadOnlyList<RunModelUsage> Models { get => field ?? []; init; }

    /// <summary>Of all models and kinds.</summary>
    public required long TotalTokens { get; init; }

    /// <summary>Absent when neither the agent nor the price list knows.</summary>
    public double? CostUsd { get; init; }

    /// <summary><c>reported</c>, <c>prices</c>, <c>mixed</c> or <c>none</c>.</summary>
    public string? CostSource { get; init; }

    /// <summary>Messages that read from a cache.</summary>
    public long CacheHits { get; init; }

    /// <summary>Messages of models, each counted once.</summary>
    public long Messages { get; init; }

    public RunReconciliation? Reconciliation { get; init; }
}

/// <summary>Tokens of one model.</summary>
internal sealed record RunModelUsage
{
    public required string Model { get; init; }

    /// <summary>Without those read from or written to a cache.</summary>
    public long Input { get; init; }

    public long Output { get; init; }

    public long CacheRead { get; init; }

    public long CacheCreation { get; init; }

    /// <summary>Absent when it is not known.</summary>
    public double? CostUsd { get; init; }
}

/// <summary>What was counted message by message, set beside what the agent reported.</summary>
internal sealed record RunReconciliation
{
    /// <summary>Absent when the agent gave no account of its own.</summary>
    public bool? Agrees { get; init; }

    public IReadOnlyList<RunModelUsage> Counted { get => field ?? []; init; }

    public IReadOnlyList<RunModelUsage> Reported { get => field ?? []; init; }

    public IReadOnlyList<RunUsageDifference> Differences { get => field ?? []; init; }

    /// <summary>What the agent's own telemetry told; absent when none came.</summary>
    public IReadOnlyList<RunModelUsage>? Telemetry { get; init; }
}

/// <summary>A count that two accounts do not agree on.</summary>
internal sealed record RunUsageDifference
{
    public required string Model { get; init; }

    /// <summary><c>input</c>, <c>output</c>, <c>cache_read</c> or <c>cache_creation</c>.</summary>
    public required string Kind { get; init; }

    public long Counted { get; init; }

    public long Reported { get; init; }
}

/// <summary>Budgets and what was used of them; only those that were set.</summary>
internal sealed record RunBudget
{
    public RunBudgetLine? Tokens { get; init; }

    public RunBudgetLine? Usd { get; init; }

    public RunBudgetLine? Minutes { get; init; }

    public RunBudgetLine? Turns { get; init; }
}

/// <summary>One budget.</summary>
internal sealed record RunBudgetLine
{
    public required double Limit { get; init; }

    public required double Used { get; init; }
}
