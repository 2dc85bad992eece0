namespace Signalbox.Server.Jobs.Engine.Endings;

/// <summary>One ending as it goes into a statement.</summary>
internal sealed record EndingRow
{
    public required string Id { get; init; }

    public required string EndState { get; init; }

    public string? EndOutcome { get; init; }

    public required long EndAtMs { get; init; }

    /// <summary>When the next attempt is due; null when there is none.</summary>
    public long? NextAtMs { get; init; }

    public required int NextAttempt { get; init; }

    public int? EndExit { get; init; }

    public string? EndType { get; init; }

    public string? EndMessage { get; init; }

    public string? EndStack { get; init; }

    public string? EndCause { get; init; }

    public string? EndReason { get; init; }

    public long EndBytes { get; init; }

    public int EndCut { get; init; }
}

/// <summary>What is read of a row of <c>job_live</c> before its attempt ends.</summary>
internal sealed record EndingTarget
{
    public required string Id { get; init; }

    public required long Fence { get; init; }

    public required string State { get; init; }

    public required string Tenant { get; init; }

    public required string JobId { get; init; }

    public required string JobName { get; init; }

    public required string TriggerKind { get; init; }

    /// <summary>Who ran it by hand; null for a fire.</summary>
    public string? RequestedBy { get; init; }

    public string? TraceId { get; init; }

    public required long DueAtMs { get; init; }

    public required int Attempt { get; init; }

    public long? StartedAtMs { get; init; }

    public long? LeaseUntilMs { get; init; }

    /// <summary>Known when an earlier attempt has ended.</summary>
    public string? FireOutcome { get; init; }

    public string? CancelReason { get; init; }

    public required bool HasDependents { get; init; }

    public required long NowMs { get; init; }
}
