using System.Text.Json;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Agents.Claude;

/// <summary>Reads the lines of type <c>system</c>: the session's beginning, denials, and all that is told beside the conversation.</summary>
internal static class ClaudeSystem
{
    /// <summary>Tools and servers that a session may name; those beyond are left out.</summary>
    private const int MaxNames = 1000;

    /// <param name="reader">Stands on the line's beginning.</param>
    /// <returns>Null for what is not kept.</returns>
    public static AgentEvent? Read(string? subtype, ref Utf8JsonReader reader, ReadOnlySpan<byte> text, ClaudeLine line)
    {
        switch (subtype)
        {
            case "init":
                return ReadInit(ref reader, line);
            case "permission_denied":
                return ReadDenial(ref reader, text, line);
            case "conversation_reset":
                ClaudeTypes.ReadToEnd(ref reader);
                return new ConversationReset { At = line.At, Line = line.Number };
            case "thinking_tokens":
                ClaudeTypes.ReadToEnd(ref reader);
                return null;
            case not null when IsNote(subtype):
                return new AgentNote(subtype, ClaudeNotes.Describe(ref reader)) { At = line.At, Line = line.Number };
            default:
                ClaudeTypes.ReadToEnd(ref reader);
                return new UnknownEvent($"{ClaudeTypes.System}/{subtype}") { At = line.At, Line = line.Number };
        }
    }

    private static bool IsNote(string subtype) =>
        subtype is "compact_boundary" or "api_retry" or "api_error" or "status" or "plugin_install" or "session_state_changed"
            or "background_tasks_changed" or "memory_recall" or "mirror_error" or "informational" or "local_command_output" or "turn_duration"
        || subtype.StartsWith("hook_", StringComparison.Ordinal)
        || subtype.StartsWith("task_", StringComparison.Ordinal)
        || subtype.StartsWith("model_refusal", StringComparison.Ordinal);

    private static SessionStarted ReadInit(ref Utf8JsonReader reader, ClaudeLine line)
    {
        var session = new SessionStarted { At = line.At, Line = line.Number };
        while (reader.NextMember())
        {
            if (reader.Is("session_id"u8))
            {
                session = session with { SessionId = reader.NextText() };
            }
            else if (reader.Is("model"u8))
            {
                session = session with { Model = reader.NextText() };
            }
            else if (reader.Is("cwd"u8))
            {
                session = session with { Folder = reader.NextText() };
            }
            else if (reader.Is("claude_code_version"u8))
            {
                session = session with { Version = reader.NextText() };
            }
            else if (reader.Is("permissionMode"u8))
            {
                session = session with { PermissionMode = reader.NextText() };
            }
            else if (reader.Is("tools"u8))
            {
                session = session with { Tools = ReadTools(ref reader) };
            }
            else if (reader.Is("mcp_servers"u8))
            {
                session = session with { ToolServers = ReadServers(ref reader) };
            }
            else
            {
                reader.Skip();
            }
        }

        ClaudeTypes.ReadToEnd(ref reader);
        return session;
    }

    private static PermissionDenied ReadDenial(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, ClaudeLine line)
    {
        var denial = new PermissionDenied { At = line.At, Line = line.Number };
        string? message = null;
        while (reader.NextMember())
        {
            if (reader.Is("tool_use_id"u8) || reader.Is("toolUseId"u8) || reader.Is("toolUseID"u8))
            {
                denial = denial with { ToolUseId = reader.NextText() };
            }
            else if (reader.Is("tool_name"u8) || reader.Is("toolName"u8))
            {
                denial = denial with { ToolName = reader.NextText() };
            }
            else if (reader.Is("tool_input"u8) || reader.Is("toolInput"u8))
            {
                denial = denial with { Input = BoundedJson.Next(ref reader, text) };
            }
            else if (reader.Is("decision_reason_type"u8) || reader.Is("decisionReasonType"u8))
            {
                denial = denial with { ReasonType = reader.NextText() };
            }
            else if (reader.Is("decision_reason"u8) || reader.Is("decisionReason"u8))
            {
                denial = denial with { Reason = reader.NextText() };
            }
            else if (reader.Is("message"u8))
            {
                message = reader.NextText();
            }
            else
            {
                reader.Skip();
            }
        }

        ClaudeTypes.ReadToEnd(ref reader);
        return denial with { Reason = denial.Reason ?? message };
    }

    private static List<string> ReadTools(ref Utf8JsonReader reader)
    {
        var tools = new List<string>();
        if (!reader.EntersArray())
        {
            return tools;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.CurrentText() is { } name && tools.Count < MaxNames)
            {
                tools.Add(name);
            }
        }

        return tools;
    }

    private static List<string> ReadServers(ref Utf8JsonReader reader)
    {
        var servers = new List<string>();
        if (!reader.EntersArray())
        {
            return servers;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            string? name = null;
            string? status = null;
            while (reader.NextMember())
            {
                if (reader.Is("name"u8))
                {
                    name = reader.NextText();
                }
                else if (reader.Is("status"u8))
                {
                    status = reader.NextText();
                }
                else
                {
                    reader.Skip();
                }
            }

            if (name is not null && servers.Count < MaxNames)
            {
                servers.Add(status is null ? name : $"{name}: {status}");
            }
        }

        return servers;
    }
}
