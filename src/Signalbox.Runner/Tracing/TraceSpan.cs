using Signalbox.Runner.Facts;
using Signalbox.Runner.Platforms;

namespace Signalbox.Runner.Tracing;

/// <summary>What a span of an agent stands for.</summary>
internal enum TraceSpanKind
{
    /// <summary>A message of a model: one call of it.</summary>
    Chat,

    /// <summary>A call of a tool.</summary>
    Tool,
}

/// <summary>One span while the stream is read.</summary>
internal sealed class TraceSpan(TraceSpanKind kind, string key, string? parentToolUseId, DateTimeOffset start)
{
    public TraceSpanKind Kind => kind;

    /// <summary>The message's or the call's id.</summary>
    public string Key => key;

    /// <summary>The call whose subagent it belongs to; null for the agent itself.</summary>
    public string? ParentToolUseId => parentToolUseId;

    public DateTimeOffset Start => start;

    /// <summary>Null while there is no answer.</summary>
    public DateTimeOffset? End { get; set; }

    /// <summary>The model or the tool.</summary>
    public string? Name { get; set; }

    public TokenCounts? Usage { get; set; }

    public string? StopReason { get; set; }

    /// <summary>Null when it went well.</summary>
    public string? Error { get; set; }

    /// <summary>16 hexadecimal digits made of the run's id and what the span stands for: a replay gives the same, and other writers can compute it.</summary>
    public static string IdOf(string runId, string kind, string key) =>
        IdHash.Of($"{runId}|{kind}|{key}")[..16];
}
