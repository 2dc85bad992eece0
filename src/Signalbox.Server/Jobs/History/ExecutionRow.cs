namespace Signalbox.Server.Jobs.History;

/// <summary>One execution as stored, from <c>job_live</c> or from <c>job_history</c>.</summary>
internal sealed record ExecutionRow
{
    public required string Id { get; init; }

    public required string JobId { get; init; }

    public required string JobName { get; init; }

    public required long JobVersion { get; init; }

    public required string TriggerKind { get; init; }

    public required long NominalAtMs { get; init; }

    public required long DueAtMs { get; init; }

    public required string State { get; init; }

    public string? FireOutcome { get; init; }

    public required int Attempt { get; init; }

    public required long Fence { get; init; }

    public string? Owner { get; init; }

    public long? LeaseUntilMs { get; init; }

    public long? StartedAtMs { get; init; }

    public long? FinishedAtMs { get; init; }

    public string? CancelReason { get; init; }

    public required string TraceId { get; init; }

    public string? RequestedBy { get; init; }

    public int? ExitCode { get; init; }

    public string? ErrorType { get; init; }

    public string? ErrorMessage { get; init; }

    public string? ErrorStack { get; init; }

    public long OutputBytes { get; init; }

    public bool OutputCut { get; init; }

    /// <summary>When its live row was last written; 0 for history.</summary>
    public long ChangedAtMs { get; init; }

    public long? DurationMs => FinishedAtMs - StartedAtMs;

    public ExecutionError? Error => ErrorType is null ? null : new ExecutionError(ErrorType, ErrorMessage ?? string.Empty, ErrorStack);
}
