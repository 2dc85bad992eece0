namespace Signalbox.Runner.Readings.Report;

/// <summary>Everything that is told of a run, computed from its facts. The content of <c>report.json</c>, and what is uploaded.</summary>
/// <remarks>Every text in it has been redacted. Absent members are unknown or do not apply.</remarks>
internal sealed record RunReport
{
    /// <summary>Of this form; 1.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>The run's id.</summary>
    public required string Id { get; init; }

    /// <summary>From 1; one more each time the report is written with other content, so that a later one replaces an earlier one.</summary>
    public required int Revision { get; init; }

    /// <summary><c>finished</c>, or <c>incomplete</c>: the runner itself was killed before the command had ended.</summary>
    public required string State { get; init; }

    public required string TraceId { get; init; }

    public required string SpanId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the command had ended; of an incomplete run the time of its last fact.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    public double? DurationSeconds { get; init; }

    /// <summary>Program and arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The working folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Of the runner.</summary>
    public required string Version { get; init; }

    public required CiReport Ci { get; init; }

    /// <summary>Absent for a plain command.</summary>
    public AgentReport? Agent { get; init; }

    public required OutcomeReport Outcome { get; init; }

    /// <summary>The agent's own closing account; absent when it gave none.</summary>
    public ResultReport? Result { get; init; }

    /// <summary>Absent for a plain command.</summary>
    public UsageReport? Usage { get; init; }

    /// <summary>Absent when there is none.</summary>
    public BudgetReport? Budget { get; init; }

    /// <summary>In ordinal order of their names.</summary>
    public IReadOnlyList<ToolReport> Tools { get; init; } = [];

    /// <summary>In ordinal order of their paths.</summary>
    public IReadOnlyList<ChangeReport> Changes { get; init; } = [];

    public IReadOnlyList<DenialReport> Denials { get; init; } = [];

    public required AuditTotals Audit { get; init; }

    public required RiskReport Risk { get; init; }

    public required ResourceReport Resources { get; init; }

    public required TimelineTotals Timeline { get; init; }

    /// <summary>Absent when the output was not read.</summary>
    public StreamReport? Stream { get; init; }

    public IReadOnlyList<WarningReport> Warnings { get; init; } = [];

    /// <summary>What was not kept because a bound was reached, by name of the bound; only those that were.</summary>
    public IReadOnlyDictionary<string, long> Limits { get; init; } = new SortedDictionary<string, long>(StringComparer.Ordinal);

    /// <summary>The files that belong to the report and may be uploaded, as they are on disk.</summary>
    public IReadOnlyList<FileReport> Files { get; init; } = [];
}
