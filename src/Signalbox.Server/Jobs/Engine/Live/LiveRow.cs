namespace Signalbox.Server.Jobs.Engine.Live;

/// <summary>A new execution on its way into <c>job_live</c>.</summary>
internal sealed record LiveRow
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string JobId { get; init; }

    public required string JobName { get; init; }

    public required long JobVersion { get; init; }

    /// <summary><c>schedule</c>, <c>manual</c> or <c>dependency</c>.</summary>
    public required string TriggerKind { get; init; }

    /// <summary>At most one execution of a job ever has it.</summary>
    public required string TriggerKey { get; init; }

    public required long NominalAtMs { get; init; }

    public required long DueAtMs { get; init; }

    public required int Priority { get; init; }

    public required string Overlap { get; init; }

    public required int QueueLimit { get; init; }

    public required string ConcurrencyKey { get; init; }

    public required string TraceId { get; init; }

    public string? RequestedBy { get; init; }

    public string? Arguments { get; init; }
}
