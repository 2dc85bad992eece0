namespace Signalbox.Server.Runs.Reports;

/// <summary>How a run ended, and who ended it.</summary>
internal sealed record RunOutcome
{
    public string? RunId { get; init; }

    public string? TraceId { get; init; }

    /// <summary>What the runner exited with; absent while it runs, and when it was killed itself.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Where the code comes from: <c>command</c>, <c>signal</c>, <c>runner</c> or <c>agent</c>.</summary>
    public string? ExitSource { get; init; }

    /// <summary><c>completed</c>, <c>failed</c>, <c>memory_limit</c>, <c>kernel_oom</c>, <c>budget_tokens</c>, … or <c>running</c>.</summary>
    public required string Reason { get; init; }

    /// <summary><c>command</c>, <c>runner</c>, <c>kernel</c> or <c>user</c>.</summary>
    public string? StoppedBy { get; init; }

    /// <summary>A sentence for people.</summary>
    public string? Detail { get; init; }

    /// <summary>Number of the signal that ended the command.</summary>
    public int? Signal { get; init; }

    public long? PeakMemoryBytes { get; init; }

    /// <summary>0: without limit.</summary>
    public long? LimitBytes { get; init; }

    public long? OomKills { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public double? DurationSeconds { get; init; }
}
