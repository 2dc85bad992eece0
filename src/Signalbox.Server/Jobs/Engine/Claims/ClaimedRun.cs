namespace Signalbox.Server.Jobs.Engine.Claims;

/// <summary>One execution that this process holds the lease of, as it was when it was claimed.</summary>
internal sealed record ClaimedRun
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string JobId { get; init; }

    public required string JobName { get; init; }

    /// <summary>Of the definition it runs with: the one in force when it was claimed.</summary>
    public required long JobVersion { get; init; }

    public required string TriggerKind { get; init; }

    public required long NominalAtMs { get; init; }

    public required long DueAtMs { get; init; }

    /// <summary>From 1.</summary>
    public required int Attempt { get; init; }

    public required long Fence { get; init; }

    public required long StartedAtMs { get; init; }

    public required string TraceId { get; init; }

    /// <summary>JSON given with a manual run, in place of the definition's; null for the definition's.</summary>
    public string? Arguments { get; init; }

    /// <summary>The columns that make one, of <c>job_live l</c>.</summary>
    public const string Columns = "l.id, l.tenant, l.job_id, l.job_name, l.job_version, l.trigger_kind, l.nominal_at_ms, l.due_at_ms, l.attempt, l.fence, l.started_at_ms, l.trace_id, l.arguments";
}

/// <summary>Who claims, how much at most, and for how long.</summary>
/// <param name="Owner">The instance's id.</param>
/// <param name="Limit">Most executions in one claim.</param>
internal sealed record ClaimRequest(string Owner, int Limit, TimeSpan Lease);
