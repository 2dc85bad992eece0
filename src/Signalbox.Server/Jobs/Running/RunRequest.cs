using Signalbox.Telemetry;

namespace Signalbox.Server.Jobs.Running;

/// <summary>One attempt of an execution, as it is handed to <see cref="IAttemptRunner"/>.</summary>
internal sealed record RunRequest
{
    public required string ExecutionId { get; init; }

    public required string JobId { get; init; }

    public required string JobName { get; init; }

    public required TenantId Tenant { get; init; }

    /// <summary>From 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Grows strictly from run to run of a job; what the run writes elsewhere can be guarded by it.</summary>
    public required long Fence { get; init; }

    public required DateTimeOffset NominalAt { get; init; }

    /// <summary>32 lower-case hexadecimal digits, the same for all attempts of an execution.</summary>
    public required string TraceId { get; init; }

    public required JobWork Work { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>Between asking the run to end and ending it.</summary>
    public required TimeSpan Grace { get; init; }

    /// <summary>Null when nobody else could run the execution.</summary>
    public RunLease? Lease { get; init; }
}
