using System.Text.Json;

namespace Signalbox.Runner.Facts;

/// <summary>One thing that a line of an agent's stream told, whatever the agent.</summary>
internal abstract record AgentEvent : RunFact
{
    /// <summary>Number of its line in <c>stream.ndjson</c>, from 0.</summary>
    public required long Line { get; init; }
}

/// <summary>The agent began a session, or told of it again.</summary>
internal sealed record SessionStarted : AgentEvent
{
    public string? SessionId { get; init; }

    public string? Model { get; init; }

    /// <summary>Where it works.</summary>
    public string? Folder { get; init; }

    /// <summary>Of the agent's program.</summary>
    public string? Version { get; init; }

    public string? PermissionMode { get; init; }

    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>Servers of tools with their state, such as <c>github: connected</c>.</summary>
    public IReadOnlyList<string> ToolServers { get; init; } = [];
}

/// <summary>A message of the model, or one content block of it: agents repeat message and usage with every block.</summary>
internal sealed record AssistantSpoke : AgentEvent
{
    public string? MessageId { get; init; }

    public string? Model { get; init; }

    /// <summary>The call of the subagent that speaks; null for the agent itself.</summary>
    public string? ParentToolUseId { get; init; }

    /// <summary>What it said, or thought; null for a message of calls only.</summary>
    public string? Text { get; init; }

    public bool IsThinking { get; init; }

    public string? StopReason { get; init; }

    /// <summary>Such as <c>rate_limit</c> or <c>authentication_failed</c>.</summary>
    public string? Error { get; init; }

    public TokenCounts? Usage { get; init; }
}

/// <summary>Tokens of one message or one model.</summary>
/// <param name="Input">Without those read from or written to a cache.</param>
internal sealed record TokenCounts(long Input, long Output, long CacheRead, long CacheCreation)
{
    public long Total => Input + Output + CacheRead + CacheCreation;
}

/// <summary>The agent called a tool.</summary>
internal sealed record ToolCalled : AgentEvent
{
    public required string ToolUseId { get; init; }

    public required string Name { get; init; }

    /// <summary>A JSON object as the agent gave it; an empty object without one.</summary>
    public required JsonElement Input { get; init; }

    public string? ParentToolUseId { get; init; }

    public string? MessageId { get; init; }
}

/// <summary>A tool answered.</summary>
internal sealed record ToolReturned : AgentEvent
{
    public required string ToolUseId { get; init; }

    public bool IsError { get; init; }

    /// <summary>The answer's text, cut to 64 KiB.</summary>
    public string? Text { get; init; }

    /// <summary>The answer in parts where the agent tells them: <c>filePath</c>, <c>structuredPatch</c>, <c>stdout</c>, …</summary>
    public JsonElement? Details { get; init; }

    public string? ParentToolUseId { get; init; }
}

/// <summary>The agent's own rules, or somebody asked by it, refused a call.</summary>
internal sealed record PermissionDenied : AgentEvent
{
    public string? ToolUseId { get; init; }

    public string? ToolName { get; init; }

    public JsonElement? Input { get; init; }

    /// <summary>Such as <c>rule</c>, <c>mode</c>, <c>classifier</c>.</summary>
    public string? ReasonType { get; init; }

    public string? Reason { get; init; }
}

/// <summary>The conversation began anew and the agent's own running totals with it; what was counted before stays counted.</summary>
internal sealed record ConversationReset : AgentEvent;

/// <summary>The agent's closing account. A stream may hold several, one a session or turn.</summary>
internal sealed record ResultReported : AgentEvent
{
    /// <summary><c>success</c>, <c>error_max_turns</c>, <c>error_during_execution</c>, …</summary>
    public string? Subtype { get; init; }

    /// <summary>May be true although the subtype says success.</summary>
    public bool IsError { get; init; }

    public string? SessionId { get; init; }

    public long? Turns { get; init; }

    public TimeSpan? Duration { get; init; }

    public TimeSpan? ApiDuration { get; init; }

    public string? StopReason { get; init; }

    public string? TerminalReason { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<string> Errors { get; init; } = [];

    public double? CostUsd { get; init; }

    /// <summary>Of the whole session by its own account; empty when it gives none.</summary>
    public IReadOnlyList<ModelUsage> Models { get; init; } = [];

    public TokenCounts? Usage { get; init; }

    public IReadOnlyList<DeniedCall> Denials { get; init; } = [];
}

/// <summary>What a model used by the agent's account.</summary>
/// <param name="CostUsd">Null when it is not told.</param>
internal sealed record ModelUsage(string Model, TokenCounts Tokens, double? CostUsd);

/// <summary>A call that was refused by the agent's closing account.</summary>
internal sealed record DeniedCall(string? ToolUseId, string? ToolName, JsonElement? Input);

/// <summary>Something the agent told that changes no account but belongs on the time line: a retry, a limit, a compaction, a task, a hook.</summary>
/// <param name="Kind">Such as <c>api_retry</c>, <c>rate_limit_event</c>, <c>compact_boundary</c>, <c>task_started</c>, <c>hook_response</c>.</param>
internal sealed record AgentNote(string Kind, string? Text) : AgentEvent;

/// <summary>An event of a type that the reader does not know; counted, otherwise left alone.</summary>
internal sealed record UnknownEvent(string Type) : AgentEvent;

/// <summary>A line that is not JSON, or not of the shape it claims, or too long.</summary>
internal sealed record BrokenLine(string Reason) : AgentEvent;
