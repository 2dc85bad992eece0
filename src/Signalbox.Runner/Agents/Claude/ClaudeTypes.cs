using System.Text.Json;

namespace Signalbox.Runner.Agents.Claude;

/// <summary>The types of lines that Claude Code writes, and how a line's type is found.</summary>
internal static class ClaudeTypes
{
    public const string Assistant = "assistant";
    public const string User = "user";
    public const string Result = "result";
    public const string System = "system";
    public const string StreamEvent = "stream_event";
    public const string ConversationReset = "conversation_reset";

    /// <summary>An unknown type's name is kept to this many bytes.</summary>
    private const int MaxNameBytes = 100;

    /// <summary>Type and, for system messages, subtype of a line; null what it does not have.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static (string? Type, string? Subtype) Of(ReadOnlySpan<byte> text)
    {
        // The type comes first in every version so far, so this stops at once; only system messages, which are short, are searched for more.
        string? type = null;
        string? subtype = null;
        var reader = new Utf8JsonReader(text, JsonTokens.Options);
        reader.Read();
        while (reader.NextMember())
        {
            if (reader.Is("type"u8))
            {
                type = Name(ref reader);
            }
            else if (reader.Is("subtype"u8))
            {
                subtype = Name(ref reader);
            }
            else
            {
                reader.Skip();
                continue;
            }

            if (type is not null && (type != System || subtype is not null))
            {
                break;
            }
        }

        return (type, subtype);
    }

    /// <summary>Types that belong on the time line and change no account.</summary>
    public static bool IsNote(string type) => type is
        "rate_limit_event" or "tool_use_summary" or "auth_status" or "files_persisted" or "error";

    /// <summary>Types that are known and tell nothing that is kept.</summary>
    public static bool IsSilent(string type) => type is
        "tool_progress" or "prompt_suggestion" or "keep_alive" or "control_request" or "control_response" or "control_cancel_request";

    /// <summary>Makes sure that the rest of the line is JSON.</summary>
    public static void ReadToEnd(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            // Only what follows is of interest: nothing, or an exception.
        }
    }

    private static string? Name(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        var value = reader.ValueSpan;
        return reader.ValueIsEscaped || value.Length > MaxNameBytes ? JsonTexts.Read(ref reader, MaxNameBytes) : Known(value) ?? JsonTexts.Read(ref reader);
    }

    private static string? Known(ReadOnlySpan<byte> value) =>
        value.SequenceEqual("assistant"u8) ? Assistant
        : value.SequenceEqual("user"u8) ? User
        : value.SequenceEqual("stream_event"u8) ? StreamEvent
        : value.SequenceEqual("system"u8) ? System
        : value.SequenceEqual("result"u8) ? Result
        : null;
}
