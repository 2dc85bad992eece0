namespace Signalbox.Server.Runs;

/// <summary>One run as a list shows it.</summary>
internal sealed record RunSummary
{
    public required string Id { get; init; }

    public required int Revision { get; init; }

    /// <summary><c>running</c>, <c>finished</c> or <c>incomplete</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why it ended, such as <c>completed</c>, <c>failed</c> or <c>memory_limit</c>; <c>running</c> while it runs.</summary>
    public required string Outcome { get; init; }

    public required int? ExitCode { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset? FinishedAt { get; init; }

    public required double? DurationSeconds { get; init; }

    public required string Platform { get; init; }

    public required string? Repository { get; init; }

    public required string? Branch { get; init; }

    public required string? Commit { get; init; }

    public required string? PullRequest { get; init; }

    public required string? Pipeline { get; init; }

    /// <summary>Of the CI run.</summary>
    public required string? Url { get; init; }

    /// <summary>Id of who set it off.</summary>
    public required string? Actor { get; init; }

    public required string? ActorName { get; init; }

    /// <summary>Null for a plain command.</summary>
    public required string? Agent { get; init; }

    public required string? Model { get; init; }

    /// <summary>On one line, cut.</summary>
    public required string Command { get; init; }

    public required double? RiskScore { get; init; }

    public required string? RiskLevel { get; init; }

    public required long? TotalTokens { get; init; }

    public required double? CostUsd { get; init; }

    public required long? Turns { get; init; }

    /// <summary>Number of changed files.</summary>
    public required int Changes { get; init; }

    public required int Denials { get; init; }

    /// <summary>Changes that no event tells of.</summary>
    public required long Unattributed { get; init; }

    public required long? PeakBytes { get; init; }

    public required string TraceId { get; init; }
}

/// <summary>One page of runs.</summary>
internal sealed record RunList(IReadOnlyList<RunSummary> Items, string? Next);

/// <summary>What became of a report, and which of its files the server has.</summary>
internal sealed record RunReceipt(string Id, int Revision, IReadOnlyList<RunFile> Files);

/// <summary>A file that belongs to a run, and how much of it has arrived.</summary>
/// <param name="Size">In bytes, as announced.</param>
/// <param name="Sha256">As announced.</param>
/// <param name="Received">Bytes that have arrived; the next part begins there.</param>
/// <param name="Complete">All of it is here, and it has the announced hash.</param>
internal sealed record RunFile(string Name, long Size, string Sha256, long Received, bool Complete);

/// <summary>The files of one run.</summary>
internal sealed record RunFileList(IReadOnlyList<RunFile> Items);

/// <summary>One page of a run's time line.</summary>
/// <param name="Next">What to ask for with <c>after</c>; null at the end, or at the end of what has arrived.</param>
internal sealed record RunTimelinePage(IReadOnlyList<RunTimelineEntry> Items, string? Next);

/// <summary>What runs cost, added up by something.</summary>
/// <param name="By"><c>repository</c>, <c>model</c>, <c>week</c> or <c>actor</c>.</param>
/// <param name="Items">Weeks in their order; others by cost, the highest first.</param>
/// <param name="Omitted">Groups beyond those that one answer holds.</param>
internal sealed record RunCostList(string By, DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<RunCost> Items, RunCost Total, long Omitted);

/// <summary>One group of runs and what it cost.</summary>
internal sealed record RunCost
{
    /// <summary>Repository, model, actor, or ISO week in UTC such as <c>2026-W30</c>; null for runs that tell none, and for the total.</summary>
    public required string? Key { get; init; }

    /// <summary>That used a model.</summary>
    public required long Runs { get; init; }

    public required long Input { get; init; }

    public required long Output { get; init; }

    public required long CacheRead { get; init; }

    public required long CacheCreation { get; init; }

    public required long TotalTokens { get; init; }

    /// <summary>Null when the cost of none of them is known.</summary>
    public required double? CostUsd { get; init; }

    /// <summary>Runs of which a part of the cost is not known, so that the sum is too low.</summary>
    public required long UnpricedRuns { get; init; }
}
