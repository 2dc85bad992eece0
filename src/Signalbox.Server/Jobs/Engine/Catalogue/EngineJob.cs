using Signalbox.Scheduling;
using Signalbox.Server.Jobs.Definitions;
using Signalbox.Server.Jobs.Running;

namespace Signalbox.Server.Jobs.Engine.Catalogue;

/// <summary>What the engine goes by of one version of a job.</summary>
internal sealed record EngineJob
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string Name { get; init; }

    public required long Version { get; init; }

    /// <summary>Null for a job that no clock starts.</summary>
    public Schedule? Schedule { get; init; }

    public required JobWork Work { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required TimeSpan Grace { get; init; }

    public OverlapPolicy Overlap { get; init; } = OverlapPolicy.Forbid;

    /// <summary>Executions of jobs with the same key exclude each other: the job's id, or its tenant and group.</summary>
    public required string ConcurrencyKey { get; init; }

    public int Priority { get; init; }

    public MisfirePolicy Misfire { get; init; } = MisfirePolicy.Once;

    public TimeSpan MisfireGrace { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan Jitter { get; init; }

    public RetryPolicy Retry { get; init; } = RetryPolicy.None;

    /// <summary>The final states of the job it runs after that make it run; empty when it runs after none.</summary>
    public IReadOnlyList<string> AfterStates { get; init; } = [];

    public static EngineJob Of(JobRecord record, JobDefinition definition) => new()
    {
        Id = record.Id,
        Tenant = record.Tenant,
        Name = record.Name,
        Version = record.Version,
        Schedule = definition.Schedule,
        Work = definition.Work,
        Timeout = definition.Timeout,
        Grace = definition.Grace,
        Overlap = definition.Overlap,
        ConcurrencyKey = record.ConcurrencyKey,
        Priority = record.Priority,
        Misfire = definition.Misfire,
        MisfireGrace = definition.MisfireGrace,
        Jitter = definition.Jitter,
        Retry = definition.Retry,
        AfterStates = definition.After is { } after ? [.. after.On.Select(WireNames.Format)] : [],
    };

    // A record's text ends up in logs sooner or later; headers and variables of the work must not.
    public override string ToString() => $"EngineJob {{ Id = {Id}, Version = {Version} }}";
}
