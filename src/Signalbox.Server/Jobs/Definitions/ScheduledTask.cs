using Signalbox.Server.Jobs.History;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>A job as the API shows it: what it was asked for with its defaults filled in, and how it is doing.</summary>
internal sealed record ScheduledTask : TaskRequest
{
    public required string Id { get; init; }

    /// <summary>Grows with each change; the ETag.</summary>
    public required long Version { get; init; }

    /// <summary><c>api</c>, or <c>file</c> for jobs that a file in jobs.folder defines.</summary>
    public required string Source { get; init; }

    /// <summary>The file that defines it; null for jobs of the API.</summary>
    public required string? File { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required string UpdatedBy { get; init; }

    /// <summary>Null when it is disabled, has no time schedule, or its schedule is over.</summary>
    public required DateTimeOffset? NextFireAt { get; init; }

    /// <summary>The one that ended last.</summary>
    public required ExecutionSummary? LastExecution { get; init; }

    public required int Running { get; init; }

    public required int Waiting { get; init; }

    /// <summary>The last 30 that ended, oldest first.</summary>
    public required IReadOnlyList<RecentExecution> Recent { get; init; }
}

/// <summary>One page of jobs, by name.</summary>
internal sealed record TaskList(IReadOnlyList<ScheduledTask> Items, string? Next);

/// <summary>Asks for a run by hand.</summary>
internal sealed record TriggerTask
{
    /// <summary>For handlers: used instead of the job's own arguments.</summary>
    public System.Text.Json.JsonElement? Arguments { get; init; }

    /// <summary>Start even when another run of the job's concurrency group goes on.</summary>
    public bool? IgnoreOverlap { get; init; }
}

/// <summary>Names jobs: their ids, or all of the tenant.</summary>
internal sealed record TaskSelection
{
    public IReadOnlyList<string>? Ids { get; init; }

    public bool? All { get; init; }
}

/// <summary>What a change of several jobs came to, by id.</summary>
/// <param name="Unchanged">Were so already, or belong to a file.</param>
internal sealed record TaskBulkResult(IReadOnlyList<string> Changed, IReadOnlyList<string> Unchanged, IReadOnlyList<string> NotFound);
