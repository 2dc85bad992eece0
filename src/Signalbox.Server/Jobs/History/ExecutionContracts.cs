namespace Signalbox.Server.Jobs.History;

/// <summary>One execution as the API shows it.</summary>
internal record Execution
{
    public required string Id { get; init; }

    public required string TaskId { get; init; }

    public required string TaskName { get; init; }

    public required long TaskVersion { get; init; }

    /// <summary><c>schedule</c>, <c>manual</c> or <c>dependency</c>.</summary>
    public required string Trigger { get; init; }

    /// <summary><c>scheduled</c>, <c>running</c>, <c>succeeded</c>, <c>failed</c>, <c>timedOut</c>, <c>cancelled</c>, <c>abandoned</c> or <c>lost</c>.</summary>
    public required string State { get; init; }

    /// <summary><c>ran</c> or <c>late</c>; null while it has not ended and for what no schedule triggered.</summary>
    public required string? FireOutcome { get; init; }

    public required DateTimeOffset NominalAt { get; init; }

    /// <summary>Nominal time with jitter, or when the next attempt may start.</summary>
    public required DateTimeOffset DueAt { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Of the last attempt; null when none started or it still runs.</summary>
    public required long? DurationMs { get; init; }

    /// <summary>From 1; 0 before the first start.</summary>
    public required int Attempt { get; init; }

    /// <summary>At most.</summary>
    public required int Attempts { get; init; }

    public required long Fence { get; init; }

    public required string? Instance { get; init; }

    public required string TraceId { get; init; }

    public required int? ExitCode { get; init; }

    public required ExecutionError? Error { get; init; }

    /// <summary>Null when nobody asked it to end.</summary>
    public required string? CancelReason { get; init; }

    /// <summary>Who ran it by hand.</summary>
    public required string? RequestedBy { get; init; }

    public required long OutputBytes { get; init; }

    public required bool OutputCut { get; init; }
}

/// <summary>One page of executions: those that have not ended, then those that have, newest first.</summary>
internal sealed record ExecutionList(IReadOnlyList<Execution> Items, string? Next);

/// <summary>One execution with its earlier attempts.</summary>
internal sealed record ExecutionDetail : Execution
{
    public required IReadOnlyList<ExecutionAttempt> AttemptsBefore { get; init; }

    /// <summary>Until when its owner holds it; null when it does not run.</summary>
    public required DateTimeOffset? LeaseUntil { get; init; }
}

/// <summary>One attempt that another one followed.</summary>
internal sealed record ExecutionAttempt
{
    public required int Attempt { get; init; }

    public required long Fence { get; init; }

    public required string? Instance { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset FinishedAt { get; init; }

    public required string State { get; init; }

    public required int? ExitCode { get; init; }

    public required ExecutionError? Error { get; init; }
}

/// <summary>The execution of a job that ended last.</summary>
internal sealed record ExecutionSummary(string Id, string State, string? FireOutcome, DateTimeOffset FinishedAt, long? DurationMs);

/// <summary>One of the last executions of a job, for a small chart.</summary>
internal sealed record RecentExecution(string Id, string State, string? FireOutcome, DateTimeOffset NominalAt, long? DurationMs);
