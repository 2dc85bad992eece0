namespace Signalbox.Server.Runs.Reports;

/// <summary>How often one tool was called.</summary>
internal sealed record RunTool
{
    public required string Name { get; init; }

    public long Calls { get; init; }

    /// <summary>Answered with an error, and not denied.</summary>
    public long Failed { get; init; }

    public long Denied { get; init; }

    /// <summary>From call to answer, all calls together.</summary>
    public double DurationSeconds { get; init; }
}

/// <summary>A file of the work tree that differs from what it was before the run.</summary>
internal sealed record RunChange
{
    /// <summary>Relative to the repository's root, with <c>/</c>.</summary>
    public required string Path { get; init; }

    /// <summary><c>added</c>, <c>modified</c> or <c>deleted</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Absent for a file that is not text, or too large.</summary>
    public long? LinesAdded { get; init; }

    public long? LinesRemoved { get; init; }

    /// <summary>Size now; 0 when deleted.</summary>
    public long Bytes { get; init; }

    /// <summary>False for what no editing call of the agent tells of.</summary>
    public required bool Attributed { get; init; }

    /// <summary>The calls that edited it.</summary>
    public IReadOnlyList<string> ToolUseIds { get => field ?? []; init; }

    /// <summary>Unified, redacted and cut.</summary>
    public string? Diff { get; init; }
}

/// <summary>A call that was refused.</summary>
internal sealed record RunDenial
{
    /// <summary>Absent when no signal named it.</summary>
    public string? ToolUseId { get; init; }

    public string? Tool { get; init; }

    public string? Resource { get; init; }

    /// <summary>Who told of it: <c>permission_denied</c>, <c>result</c>, <c>policy</c>, <c>tool_result</c>.</summary>
    public IReadOnlyList<string> Signals { get => field ?? []; init; }

    public string? Reason { get; init; }

    public string? PolicyId { get; init; }
}

/// <summary>How many audit records the run made.</summary>
internal sealed record RunAuditTotals
{
    public long Records { get; init; }

    public long Denied { get; init; }

    public long Failed { get; init; }

    /// <summary>Of changes that no event tells of.</summary>
    public long Unattributed { get; init; }
}

/// <summary>How much a reviewer should worry, and about what.</summary>
internal sealed record RunRisk
{
    /// <summary>0 to 100.</summary>
    public required double Score { get; init; }

    /// <summary><c>low</c>, <c>medium</c>, <c>high</c> or <c>critical</c>.</summary>
    public required string Level { get; init; }

    /// <summary>Those that count the most first.</summary>
    public IReadOnlyList<RunRiskContribution> Contributions { get => field ?? []; init; }
}

/// <summary>What one rule adds to the score.</summary>
internal sealed record RunRiskContribution
{
    public required string Rule { get; init; }

    public required double Points { get; init; }

    public string? Reason { get; init; }

    public IReadOnlyList<string> Resources { get => field ?? []; init; }
}
