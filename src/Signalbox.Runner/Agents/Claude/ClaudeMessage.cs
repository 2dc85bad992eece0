using System.Text.Json;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Agents.Claude;

/// <summary>Reads the lines that carry a message of the conversation: the model's and the tools'.</summary>
/// <remarks>
/// Account and reason of the end stand behind the content, so the events of a line are made when all of it has been read. Within a line the account is given once,
/// with the first part; across lines agents repeat it with every part of the same message.
/// </remarks>
internal sealed class ClaudeMessage
{
    private readonly List<ClaudeBlock> _blocks = [];
    private readonly BoundedParts _parts = new();
    private string? _id;
    private string? _model;
    private string? _stopReason;
    private TokenCounts? _usage;
    private string? _parent;
    private string? _error;
    private JsonElement? _details;
    private bool _isReplay;

    /// <returns>Why the line could not be read, or null.</returns>
    public string? ReadAssistant(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, ClaudeLine line, List<AgentEvent> into)
    {
        if (!ReadLine(ref reader, text))
        {
            return "The line is of type assistant and has no message.";
        }

        if (!_blocks.Exists(static block => block.Kind is ClaudeBlockKind.Text or ClaudeBlockKind.Thinking))
        {
            into.Add(Spoke(line, default));
        }

        for (var index = 0; index < _blocks.Count; index++)
        {
            into.Add(_blocks[index].Kind switch
            {
                ClaudeBlockKind.Text or ClaudeBlockKind.Thinking => Spoke(line, _blocks[index]),
                ClaudeBlockKind.Call => Called(line, _blocks[index], index),
                ClaudeBlockKind.Answer => Returned(line, _blocks[index], null),
                _ => new UnknownEvent($"content/{_blocks[index].Name}") { At = line.At, Line = line.Number },
            });
        }

        return null;
    }

    /// <returns>Why the line could not be read, or null.</returns>
    public string? ReadUser(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, ClaudeLine line, List<AgentEvent> into)
    {
        if (!ReadLine(ref reader, text))
        {
            return "The line is of type user and has no message.";
        }

        // With one answer in the line it is clear whose the parts are.
        var details = _blocks.FindAll(static block => block.Kind == ClaudeBlockKind.Answer).Count == 1 ? _details : null;
        foreach (var block in _blocks)
        {
            switch (block.Kind)
            {
                case ClaudeBlockKind.Answer:
                    into.Add(Returned(line, block, details));
                    break;
                case ClaudeBlockKind.Text:
                    into.Add(new AgentNote(_isReplay ? "user_replay" : "user_message", block.Text) { At = line.At, Line = line.Number });
                    break;
                default:
                    into.Add(new UnknownEvent($"content/{block.Name}") { At = line.At, Line = line.Number });
                    break;
            }
        }

        return null;
    }

    private bool ReadLine(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        _blocks.Clear();
        _id = _model = _stopReason = _parent = _error = null;
        _usage = null;
        _details = null;
        _isReplay = false;
        var found = false;
        while (reader.NextMember())
        {
            if (reader.Is("message"u8))
            {
                found |= reader.EntersObject() && ReadMessage(ref reader, text);
            }
            else if (reader.Is("parent_tool_use_id"u8) || reader.Is("parentToolUseId"u8))
            {
                _parent = reader.NextText();
            }
            else if (reader.Is("error"u8))
            {
                _error = ReadError(ref reader);
            }
            else if (reader.Is("isReplay"u8))
            {
                _isReplay = reader.NextSwitch() ?? false;
            }
            else if (reader.Is("tool_use_result"u8) || reader.Is("toolUseResult"u8))
            {
                _details = _parts.Next(ref reader, text);
            }
            else
            {
                reader.Skip();
            }
        }

        ClaudeTypes.ReadToEnd(ref reader);
        return found;
    }

    private bool ReadMessage(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        while (reader.NextMember())
        {
            if (reader.Is("content"u8))
            {
                ClaudeBlock.ReadContent(ref reader, text, _blocks);
            }
            else if (reader.Is("id"u8))
            {
                _id = reader.NextText();
            }
            else if (reader.Is("model"u8))
            {
                _model = reader.NextText();
            }
            else if (reader.Is("stop_reason"u8))
            {
                _stopReason = reader.NextText();
            }
            else if (reader.Is("usage"u8))
            {
                _usage = ClaudeUsage.Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return true;
    }

    /// <summary>A word, or an object with <c>message</c> or <c>type</c>.</summary>
    private static string? ReadError(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return reader.CurrentText();
        }

        string? message = null;
        string? type = null;
        while (reader.NextMember())
        {
            if (reader.Is("message"u8))
            {
                message = reader.NextText();
            }
            else if (reader.Is("type"u8))
            {
                type = reader.NextText();
            }
            else
            {
                reader.Skip();
            }
        }

        return message ?? type ?? "error";
    }

    private AssistantSpoke Spoke(ClaudeLine line, ClaudeBlock block)
    {
        var spoke = new AssistantSpoke
        {
            At = line.At,
            Line = line.Number,
            MessageId = _id,
            Model = _model,
            ParentToolUseId = _parent,
            Text = block.Text,
            IsThinking = block.Kind == ClaudeBlockKind.Thinking,
            StopReason = _stopReason,
            Error = _error,
            Usage = _usage,
        };
        _usage = null;
        _error = null;
        return spoke;
    }

    private ToolCalled Called(ClaudeLine line, ClaudeBlock block, int index) => new()
    {
        At = line.At,
        Line = line.Number,
        ToolUseId = block.Id ?? $"line-{line.Number}-{index}",
        Name = block.Name ?? "unknown",
        Input = block.Input ?? BoundedJson.EmptyObject,
        ParentToolUseId = _parent,
        MessageId = _id,
    };

    private AgentEvent Returned(ClaudeLine line, ClaudeBlock block, JsonElement? details) => block.Id is null
        ? new UnknownEvent("content/tool_result without tool_use_id") { At = line.At, Line = line.Number }
        : new ToolReturned
        {
            At = line.At,
            Line = line.Number,
            ToolUseId = block.Id,
            IsError = block.IsError,
            Text = block.Text,
            Details = details,
            ParentToolUseId = _parent,
        };
}
