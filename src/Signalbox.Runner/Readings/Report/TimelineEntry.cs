namespace Signalbox.Runner.Readings.Report;

/// <summary>One line of <c>timeline.jsonl</c>: something that happened, for people.</summary>
internal sealed record TimelineEntry
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Of the agent's stream, from 0; absent for what the agent did not tell.</summary>
    public long? Line { get; init; }

    /// <summary><c>session</c>, <c>text</c>, <c>thinking</c>, <c>tool</c>, <c>result</c>, <c>note</c>, <c>runner</c>, <c>denial</c> or <c>sample</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Of the agent itself, from 1; absent before its first message.</summary>
    public long? Turn { get; init; }

    public required string Title { get; init; }

    /// <summary>Redacted and cut.</summary>
    public string? Detail { get; init; }

    public string? ToolUseId { get; init; }

    public string? Tool { get; init; }

    /// <summary><c>succeeded</c>, <c>failed</c>, <c>denied</c> or <c>unanswered</c>.</summary>
    public string? Outcome { get; init; }

    public double? DurationSeconds { get; init; }

    /// <summary>The call whose subagent did this.</summary>
    public string? ParentToolUseId { get; init; }

    /// <summary>Of the message, all kinds together; told once for each message.</summary>
    public long? Tokens { get; init; }
}
