using System.Text.Json;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Agents.Claude;

/// <summary>Reads the raw events of the model's service that come with <c>--include-partial-messages</c>, for the one thing that only they tell.</summary>
/// <remarks>
/// The whole messages carry the account as it was when the message began, with next to no output in it; the last <c>message_delta</c> carries the final one. Texts are not read
/// here, they come again as whole messages. A subagent's events are told apart by its call.
/// </remarks>
internal sealed class ClaudePartials
{
    /// <summary>Messages that may be under way at once; of further ones the account is not completed.</summary>
    private const int MaxOpen = 100;

    private readonly Dictionary<string, Open> _open = new(StringComparer.Ordinal);

    /// <param name="reader">Stands on the line's beginning.</param>
    public void Read(ref Utf8JsonReader reader, ClaudeLine line, List<AgentEvent> into)
    {
        var told = default(Partial);
        string? parent = null;
        while (reader.NextMember())
        {
            if (reader.Is("event"u8))
            {
                told = ReadEvent(ref reader);
            }
            else if (reader.Is("parent_tool_use_id"u8))
            {
                parent = reader.NextText();
            }
            else
            {
                reader.Skip();
            }
        }

        ClaudeTypes.ReadToEnd(ref reader);
        Follow(told, parent, line, into);
    }

    private void Follow(Partial told, string? parent, ClaudeLine line, List<AgentEvent> into)
    {
        var key = parent ?? string.Empty;
        switch (told.Type)
        {
            case "message_start" when told.MessageId is not null && (_open.Count < MaxOpen || _open.ContainsKey(key)):
                _open[key] = new Open(told.MessageId, told.Model, told.Usage);
                break;
            case "message_delta" when told.Usage is { } usage && _open.TryGetValue(key, out var open):
                into.Add(new AssistantSpoke
                {
                    At = line.At,
                    Line = line.Number,
                    MessageId = open.MessageId,
                    Model = open.Model,
                    ParentToolUseId = parent,
                    StopReason = told.StopReason,
                    Usage = Complete(open.Usage, usage),
                });
                break;
            case "message_stop":
                _open.Remove(key);
                break;
            default:
                break;
        }
    }

    /// <summary>A delta may leave out what has not changed since the message began.</summary>
    private static TokenCounts Complete(TokenCounts? began, TokenCounts now) => began is null ? now : new TokenCounts(
        Math.Max(began.Input, now.Input), Math.Max(began.Output, now.Output), Math.Max(began.CacheRead, now.CacheRead), Math.Max(began.CacheCreation, now.CacheCreation));

    private static Partial ReadEvent(ref Utf8JsonReader reader)
    {
        var told = default(Partial);
        if (!reader.EntersObject())
        {
            return told;
        }

        while (reader.NextMember())
        {
            if (reader.Is("type"u8))
            {
                told = told with { Type = reader.NextText() };
            }
            else if (reader.Is("usage"u8))
            {
                told = told with { Usage = ClaudeUsage.Read(ref reader) };
            }
            else if ((reader.Is("message"u8) || reader.Is("delta"u8)) && reader.EntersObject())
            {
                ReadMessage(ref reader, ref told);
            }
            else
            {
                reader.Skip();
            }
        }

        return told;
    }

    private static void ReadMessage(ref Utf8JsonReader reader, ref Partial told)
    {
        while (reader.NextMember())
        {
            if (reader.Is("id"u8))
            {
                told = told with { MessageId = reader.NextText() };
            }
            else if (reader.Is("model"u8))
            {
                told = told with { Model = reader.NextText() };
            }
            else if (reader.Is("stop_reason"u8))
            {
                told = told with { StopReason = reader.NextText() };
            }
            else if (reader.Is("usage"u8))
            {
                told = told with { Usage = ClaudeUsage.Read(ref reader) };
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private readonly record struct Partial(string? Type, string? MessageId, string? Model, string? StopReason, TokenCounts? Usage);

    private sealed record Open(string MessageId, string? Model, TokenCounts? Usage);
}
