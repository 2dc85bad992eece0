using System.Text.Json;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Agents.Claude;

/// <summary>Reads the line of type <c>result</c>: the agent's closing account.</summary>
internal static class ClaudeResult
{
    /// <summary>Errors and denials that one account may list; those beyond are left out.</summary>
    private const int MaxItems = 1000;

    /// <param name="reader">Stands on the line's beginning.</param>
    public static ResultReported Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, ClaudeLine line)
    {
        var draft = new Draft();
        while (reader.NextMember())
        {
            if (!ReadWords(ref reader, draft) && !ReadNumbers(ref reader, draft) && !ReadLists(ref reader, text, draft))
            {
                reader.Skip();
            }
        }

        ClaudeTypes.ReadToEnd(ref reader);
        var isError = draft.IsError ?? draft.Subtype?.StartsWith("error", StringComparison.Ordinal) ?? false;
        if (isError && draft.ApiStatus is { } status)
        {
            draft.Errors.Add($"The model's service answered {status}.");
        }

        return new ResultReported
        {
            At = line.At,
            Line = line.Number,
            Subtype = draft.Subtype,
            IsError = isError,
            SessionId = draft.SessionId,
            Turns = draft.Turns,
            Duration = draft.Duration,
            ApiDuration = draft.ApiDuration,
            StopReason = draft.StopReason,
            TerminalReason = draft.TerminalReason,
            Text = string.IsNullOrEmpty(draft.Text) ? draft.Structured : draft.Text,
            Errors = draft.Errors,
            CostUsd = draft.Cost,
            Models = draft.Models,
            Usage = draft.Usage,
            Denials = draft.Denials,
        };
    }

    private static bool ReadWords(ref Utf8JsonReader reader, Draft draft)
    {
        if (reader.Is("subtype"u8))
        {
            draft.Subtype = reader.NextText();
        }
        else if (reader.Is("session_id"u8) || reader.Is("sessionId"u8))
        {
            draft.SessionId = reader.NextText();
        }
        else if (reader.Is("stop_reason"u8) || reader.Is("stopReason"u8))
        {
            draft.StopReason = reader.NextText();
        }
        else if (reader.Is("terminal_reason"u8) || reader.Is("terminalReason"u8))
        {
            draft.TerminalReason = reader.NextText();
        }
        else if (reader.Is("result"u8))
        {
            draft.Text = reader.NextText();
        }
        else if (reader.Is("api_error_status"u8) || reader.Is("apiErrorStatus"u8))
        {
            draft.ApiStatus = reader.NextText();
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool ReadNumbers(ref Utf8JsonReader reader, Draft draft)
    {
        if (reader.Is("is_error"u8) || reader.Is("isError"u8))
        {
            draft.IsError = reader.NextSwitch();
        }
        else if (reader.Is("num_turns"u8) || reader.Is("numTurns"u8))
        {
            draft.Turns = reader.NextCount();
        }
        else if (reader.Is("duration_ms"u8) || reader.Is("durationMs"u8))
        {
            draft.Duration = Milliseconds(reader.NextCount());
        }
        else if (reader.Is("duration_api_ms"u8) || reader.Is("durationApiMs"u8))
        {
            draft.ApiDuration = Milliseconds(reader.NextCount());
        }
        else if (reader.Is("total_cost_usd"u8) || reader.Is("totalCostUsd"u8) || reader.Is("totalCostUSD"u8))
        {
            draft.Cost = ClaudeUsage.ReadCost(ref reader);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static bool ReadLists(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, Draft draft)
    {
        if (reader.Is("usage"u8))
        {
            draft.Usage = ClaudeUsage.Read(ref reader);
        }
        else if (reader.Is("modelUsage"u8) || reader.Is("model_usage"u8))
        {
            draft.Models = ClaudeUsage.ReadModels(ref reader);
        }
        else if (reader.Is("permission_denials"u8) || reader.Is("permissionDenials"u8))
        {
            ReadDenials(ref reader, text, draft.Denials);
        }
        else if (reader.Is("errors"u8))
        {
            ReadErrors(ref reader, text, draft.Errors);
        }
        else if (reader.Is("structured_output"u8) || reader.Is("structuredOutput"u8))
        {
            var value = BoundedJson.Next(ref reader, text);
            draft.Structured = value.ValueKind == JsonValueKind.Null ? null : value.GetRawText();
        }
        else
        {
            return false;
        }

        return true;
    }

    private static void ReadErrors(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, List<string> into)
    {
        if (!reader.EntersArray())
        {
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            var error = reader.CurrentText();
            if (into.Count < MaxItems)
            {
                into.Add(error ?? BoundedJson.Keep(text[start..(int)reader.BytesConsumed]).GetRawText());
            }
        }
    }

    private static void ReadDenials(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, List<DeniedCall> into)
    {
        if (!reader.EntersArray())
        {
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject || into.Count >= MaxItems)
            {
                reader.Skip();
                continue;
            }

            var call = new DeniedCall(null, null, null);
            while (reader.NextMember())
            {
                if (reader.Is("tool_use_id"u8) || reader.Is("toolUseId"u8) || reader.Is("toolUseID"u8))
                {
                    call = call with { ToolUseId = reader.NextText() };
                }
                else if (reader.Is("tool_name"u8) || reader.Is("toolName"u8))
                {
                    call = call with { ToolName = reader.NextText() };
                }
                else if (reader.Is("tool_input"u8) || reader.Is("toolInput"u8))
                {
                    call = call with { Input = BoundedJson.Next(ref reader, text) };
                }
                else
                {
                    reader.Skip();
                }
            }

            if (call.ToolUseId is not null || call.ToolName is not null)
            {
                into.Add(call);
            }
        }
    }

    private static TimeSpan? Milliseconds(long? count) => count is { } value ? TimeSpan.FromMilliseconds(value) : null;

    /// <summary>The account while it is read.</summary>
    private sealed class Draft
    {
        public string? Subtype { get; set; }

        public bool? IsError { get; set; }

        public string? SessionId { get; set; }

        public long? Turns { get; set; }

        public TimeSpan? Duration { get; set; }

        public TimeSpan? ApiDuration { get; set; }

        public string? StopReason { get; set; }

        public string? TerminalReason { get; set; }

        public string? Text { get; set; }

        public string? Structured { get; set; }

        public string? ApiStatus { get; set; }

        public double? Cost { get; set; }

        public TokenCounts? Usage { get; set; }

        public List<ModelUsage> Models { get; set; } = [];

        public List<string> Errors { get; } = [];

        public List<DeniedCall> Denials { get; } = [];
    }
}
