using System.Text.Json;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Agents.Mapping;

/// <summary>Makes the events of one line.</summary>
internal sealed class MappedEvents(long number, DateTimeOffset at, string? model, List<AgentEvent> into)
{
    private const double MaxCount = 1e12;
    private const int MaxErrors = 1000;

    public void Add(IReadOnlyList<MappedAction> actions, MappedLine line)
    {
        foreach (var action in actions)
        {
            if (Make(action, line) is { } made)
            {
                into.Add(made);
            }
        }
    }

    public void AddUnknown(string? type) => into.Add(new UnknownEvent(type is null ? "without type" : type.Length > 100 ? type[..100] : type) { At = at, Line = number });

    private AgentEvent? Make(MappedAction action, MappedLine line) => action.Kind switch
    {
        "session" => new SessionStarted
        {
            At = at,
            Line = number,
            SessionId = action.Text("id", line),
            Model = action.Text("model", line) ?? model,
            Folder = action.Text("folder", line),
            Version = action.Text("version", line),
            PermissionMode = action.Text("permission_mode", line),
        },
        "text" => MakeText(action, line),
        "usage" => MakeUsage(action, line),
        "tool_call" => MakeCall(action, line),
        "tool_result" => MakeAnswer(action, line),
        "result" => MakeResult(action, line),
        "denial" => new PermissionDenied
        {
            At = at,
            Line = number,
            ToolUseId = action.Text("id", line),
            ToolName = action.Text("name", line),
            Input = Element(action, "input", line),
            ReasonType = action.Text("reason_type", line),
            Reason = action.Text("reason", line),
        },
        _ => new AgentNote(action.Text("kind", line) ?? "note", action.Text("text", line)) { At = at, Line = number },
    };

    private AssistantSpoke? MakeText(MappedAction action, MappedLine line) => action.Text("text", line) is not { } text ? null : new AssistantSpoke
    {
        At = at,
        Line = number,
        MessageId = action.Text("message_id", line),
        Model = action.Text("model", line) ?? model,
        ParentToolUseId = action.Text("parent", line),
        Text = text,
        IsThinking = action.Flag("thinking", line),
        StopReason = action.Text("stop_reason", line),
        Error = action.Text("error", line),
    };

    private AssistantSpoke MakeUsage(MappedAction action, MappedLine line)
    {
        var input = Count(action, "input", line) ?? 0;
        var cacheRead = Count(action, "cache_read", line) ?? 0;
        var cacheCreation = Count(action, "cache_creation", line) ?? 0;
        if (action.Flag("input_includes_cache", line))
        {
            input = Math.Max(input - cacheRead - cacheCreation, 0);
        }

        return new AssistantSpoke
        {
            At = at,
            Line = number,
            MessageId = action.Text("message_id", line),
            Model = action.Text("model", line) ?? model,
            ParentToolUseId = action.Text("parent", line),
            Usage = new TokenCounts(input, Count(action, "output", line) ?? 0, cacheRead, cacheCreation),
        };
    }

    // Without an id a call and its answer could not be told apart from others, so there is no event.
    private ToolCalled? MakeCall(MappedAction action, MappedLine line) => action.Text("id", line) is not { } id ? null : new ToolCalled
    {
        At = at,
        Line = number,
        ToolUseId = id,
        Name = action.Text("name", line) ?? "unknown",
        Input = Element(action, "input", line) is { ValueKind: JsonValueKind.Object } input ? input : BoundedJson.EmptyObject,
        ParentToolUseId = action.Text("parent", line),
        MessageId = action.Text("message_id", line),
    };

    private ToolReturned? MakeAnswer(MappedAction action, MappedLine line) => action.Text("id", line) is not { } id ? null : new ToolReturned
    {
        At = at,
        Line = number,
        ToolUseId = id,
        IsError = action.Flag("is_error", line),
        Text = action.Text("text", line),
        Details = Element(action, "details", line),
        ParentToolUseId = action.Text("parent", line),
    };

    private ResultReported MakeResult(MappedAction action, MappedLine line) => new()
    {
        At = at,
        Line = number,
        Subtype = action.Text("subtype", line),
        IsError = action.Flag("is_error", line),
        SessionId = action.Text("session_id", line),
        Turns = Count(action, "turns", line),
        Duration = Milliseconds(action, "duration_ms", line),
        ApiDuration = Milliseconds(action, "api_duration_ms", line),
        StopReason = action.Text("stop_reason", line),
        Text = action.Text("text", line),
        Errors = Errors(action, line),
        CostUsd = action.Number("cost_usd", line) is { } cost and >= 0 and <= 1e9 ? cost : null,
    };

    /// <summary>One text, or the texts of an array.</summary>
    private static IReadOnlyList<string> Errors(MappedAction action, MappedLine line)
    {
        if (!action.Values.TryGetValue("error", out var value) || value.Find(line) is not { } found)
        {
            return [];
        }

        return found.ValueKind == JsonValueKind.Array
            ? [.. found.EnumerateArray().Take(MaxErrors).Select(static error => error.ValueKind == JsonValueKind.String ? error.GetString()! : error.GetRawText())]
            : [value.Text(line)!];
    }

    private static JsonElement? Element(MappedAction action, string member, MappedLine line) =>
        action.Values.TryGetValue(member, out var value) ? value.Find(line) : null;

    private static long? Count(MappedAction action, string member, MappedLine line) =>
        action.Number(member, line) is { } number ? (long)Math.Clamp(number, 0, MaxCount) : null;

    private static TimeSpan? Milliseconds(MappedAction action, string member, MappedLine line) =>
        Count(action, member, line) is { } count ? TimeSpan.FromMilliseconds(count) : null;
}
