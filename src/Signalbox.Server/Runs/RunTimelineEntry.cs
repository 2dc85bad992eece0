using System.Text.Json.Serialization;

namespace Signalbox.Server.Runs;

/// <summary>Something that happened in a run, for people.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record RunTimelineEntry
{
    /// <summary>From 0, in the order of the time line.</summary>
    public long Number { get; init; }

    public DateTimeOffset? At { get; init; }

    /// <summary>Of the agent's stream, from 0; null for what the agent did not tell.</summary>
    public long? Line { get; init; }

    /// <summary><c>session</c>, <c>text</c>, <c>thinking</c>, <c>tool</c>, <c>result</c>, <c>note</c>, <c>runner</c>, <c>denial</c> or <c>sample</c>; <c>broken</c> for an entry that cannot be read.</summary>
    public required string Kind { get; init; }

    /// <summary>From 1.</summary>
    public long? Turn { get; init; }

    public string Title { get => field ?? string.Empty; init; }

    public string? Detail { get; init; }

    public string? ToolUseId { get; init; }

    public string? Tool { get; init; }

    /// <summary><c>succeeded</c>, <c>failed</c>, <c>denied</c> or <c>unanswered</c>.</summary>
    public string? Outcome { get; init; }

    public double? DurationSeconds { get; init; }

    /// <summary>The call whose subagent did this.</summary>
    public string? ParentToolUseId { get; init; }

    /// <summary>Of the message, all kinds together.</summary>
    public long? Tokens { get; init; }
}
