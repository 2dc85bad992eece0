namespace Signalbox.Server.Runs.Reports;

/// <summary>Everything that is told of one run of cicd-runner: the content of its <c>report.json</c>.</summary>
/// <remarks>Absent members are unknown or do not apply. Lists have no initialisers, because the reader sets what is absent to null.</remarks>
internal sealed record RunReport
{
    /// <summary>Of this form; 1.</summary>
    public required int Schema { get; init; }

    /// <summary>Chosen by the runner, such as <c>20260722T101500Z-1a2b3c4d</c>.</summary>
    public required string Id { get; init; }

    /// <summary>From 1; a later one replaces an earlier one.</summary>
    public required int Revision { get; init; }

    /// <summary><c>running</c>, <c>finished</c> or <c>incomplete</c>.</summary>
    public required string State { get; init; }

    public required string TraceId { get; init; }

    public required string SpanId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public double? DurationSeconds { get; init; }

    /// <summary>Program and arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The working folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Of the runner.</summary>
    public string? Version { get; init; }

    public required RunCi Ci { get; init; }

    /// <summary>Absent for a plain command.</summary>
    public RunAgent? Agent { get; init; }

    public required RunOutcome Outcome { get; init; }

    /// <summary>The agent's own closing account.</summary>
    public RunResult? Result { get; init; }

    public RunUsage? Usage { get; init; }

    public RunBudget? Budget { get; init; }

    public IReadOnlyList<RunTool> Tools { get => field ?? []; init; }

    public IReadOnlyList<RunChange> Changes { get => field ?? []; init; }

    public IReadOnlyList<RunDenial> Denials { get => field ?? []; init; }

    public RunAuditTotals? Audit { get; init; }

    public RunRisk? Risk { get; init; }

    public RunResources? Resources { get; init; }

    public RunTimelineTotals? Timeline { get; init; }

    public RunStream? Stream { get; init; }

    public IReadOnlyList<RunWarning> Warnings { get => field ?? []; init; }

    /// <summary>What was not kept because a bound was reached, by name of the bound.</summary>
    public IReadOnlyDictionary<string, long> Limits { get => field ?? new Dictionary<string, long>(StringComparer.Ordinal); init; }

    /// <summary>The files that belong to it and can be uploaded.</summary>
    public IReadOnlyList<RunAnnouncedFile> Files { get => field ?? []; init; }
}

/// <summary>A file that belongs to a report.</summary>
internal sealed record RunAnnouncedFile
{
    public required string Name { get; init; }

    /// <summary>In bytes.</summary>
    public required long Size { get; init; }

    /// <summary>64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }
}

/// <summary>Something that was not as it should be, and did not stop the run.</summary>
internal sealed record RunWarning
{
    /// <summary>Stable, such as <c>usage_differs</c>.</summary>
    public required string Code { get; init; }

    public required string Message { get; init; }
}
