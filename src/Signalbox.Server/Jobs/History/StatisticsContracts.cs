namespace Signalbox.Server.Jobs.History;

/// <summary>How executions went in a period.</summary>
/// <param name="From">The period as covered: whole hours, and whole days where only days are kept.</param>
/// <param name="To">Exclusive.</param>
internal sealed record StatisticsAnswer(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<StatisticsItem> Items);

/// <summary>How the executions of one job or of one part of the period went.</summary>
internal sealed record StatisticsItem
{
    /// <summary>Null unless by is task.</summary>
    public required string? TaskId { get; init; }

    /// <summary>Null unless by is hour or day.</summary>
    public required DateTimeOffset? Start { get; init; }

    /// <summary>Executions that ended.</summary>
    public required long Runs { get; init; }

    public required long Succeeded { get; init; }

    public required long Failed { get; init; }

    public required long TimedOut { get; init; }

    public required long Cancelled { get; init; }

    public required long Abandoned { get; init; }

    public required long Lost { get; init; }

    /// <summary>Of the runs, those that started later than their misfire grace.</summary>
    public required long Late { get; init; }

    /// <summary>Fires without a run of their own.</summary>
    public required long Coalesced { get; init; }

    public required long Skipped { get; init; }

    public required long Missed { get; init; }

    /// <summary>Succeeded of all that ended otherwise than by being cancelled, from 0 to 1; null without any.</summary>
    public required double? SuccessRate { get; init; }

    public required double? MeanMs { get; init; }

    /// <summary>Interpolated within buckets that double, so at most twice and at least half the true value.</summary>
    public required double? P50Ms { get; init; }

    public required double? P90Ms { get; init; }

    public required double? P99Ms { get; init; }

    public required long? MaxMs { get; init; }

    /// <summary>Why executions did not succeed, most frequent first, 20 at most; empty with by hour and day.</summary>
    public required IReadOnlyList<CauseCount> Causes { get; init; }
}

/// <summary>How often one cause of failure occurred.</summary>
internal sealed record CauseCount(string Cause, long Count);
