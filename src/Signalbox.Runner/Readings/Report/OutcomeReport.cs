namespace Signalbox.Runner.Readings.Report;

/// <summary>How a run ended, and who ended it. The content of <c>outcome.json</c>.</summary>
internal sealed record OutcomeReport
{
    public required string RunId { get; init; }

    public required string TraceId { get; init; }

    /// <summary>What the runner exits with; absent when the runner itself was killed.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Where the code comes from: <c>command</c>, <c>signal</c>, <c>runner</c> or <c>agent</c>.</summary>
    public string? ExitSource { get; init; }

    /// <summary>One of <see cref="OutcomeReasons"/>.</summary>
    public required string Reason { get; init; }

    /// <summary><c>command</c>, <c>runner</c>, <c>kernel</c> or <c>user</c>.</summary>
    public string? StoppedBy { get; init; }

    /// <summary>A whole sentence for people.</summary>
    public string? Detail { get; init; }

    /// <summary>Number of the signal that ended the command.</summary>
    public int? Signal { get; init; }

    public long? PeakMemoryBytes { get; init; }

    /// <summary>0: without limit.</summary>
    public long? LimitBytes { get; init; }

    /// <summary>Absent where it cannot be seen.</summary>
    public long? OomKills { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public double? DurationSeconds { get; init; }
}
