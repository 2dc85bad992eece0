using System.Globalization;
using System.Text.Json;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Agents.Claude;

/// <summary>Reads Claude Code's <c>--output-format stream-json</c>: one JSON object a line.</summary>
/// <remarks>
/// Source of the shapes: https://github.com/anthropics/claude-agent-sdk-python/blob/main/src/claude_agent_sdk/types.py and
/// https://docs.claude.com/en/docs/claude-code/sdk/sdk-typescript. New types and members come with every version, so nothing but <c>type</c> is required.
/// </remarks>
internal sealed class ClaudeCodeReader : IAgentReader
{
    public const string AgentName = "claude-code";

    private readonly ClaudeMessage _message = new();
    private readonly ClaudePartials _partials = new();

    public string Name => AgentName;

    public void Read(ReadOnlyMemory<byte> line, long number, DateTimeOffset at, List<AgentEvent> into)
    {
        var text = line.Span.Trim(" \t\r"u8);
        if (text.IsEmpty)
        {
            return;
        }

        var context = new ClaudeLine(number, at);
        if (text[0] != (byte)'{')
        {
            into.Add(Broken(context, "The line is no JSON object."));
            return;
        }

        var first = into.Count;
        if (TryRead(text, context, into) is not { } failure)
        {
            return;
        }

        into.RemoveRange(first, into.Count - first);
        into.Add(Broken(context, failure));
    }

    /// <returns>Why it could not be read, or null.</returns>
    private string? TryRead(ReadOnlySpan<byte> text, ClaudeLine line, List<AgentEvent> into)
    {
        try
        {
            return Dispatch(text, line, into);
        }
        catch (JsonException exception)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The line is no JSON from byte {exception.BytePositionInLine ?? 0} on.");
        }
    }

    private string? Dispatch(ReadOnlySpan<byte> text, ClaudeLine line, List<AgentEvent> into)
    {
        var (type, subtype) = ClaudeTypes.Of(text);
        var reader = new Utf8JsonReader(text, JsonTokens.Options);
        reader.Read();
        switch (type)
        {
            case null:
                return "The line has no type.";
            case ClaudeTypes.Assistant:
                return _message.ReadAssistant(ref reader, text, line, into);
            case ClaudeTypes.User:
                return _message.ReadUser(ref reader, text, line, into);
            case ClaudeTypes.Result:
                into.Add(ClaudeResult.Read(ref reader, text, line));
                return null;
            case ClaudeTypes.System:
                if (ClaudeSystem.Read(subtype, ref reader, text, line) is { } told)
                {
                    into.Add(told);
                }

                return null;
            case ClaudeTypes.StreamEvent:
                _partials.Read(ref reader, line, into);
                return null;
            case ClaudeTypes.ConversationReset:
                ClaudeTypes.ReadToEnd(ref reader);
                into.Add(new ConversationReset { At = line.At, Line = line.Number });
                return null;
            default:
                ReadOther(type, ref reader, line, into);
                return null;
        }
    }

    private static void ReadOther(string type, ref Utf8JsonReader reader, ClaudeLine line, List<AgentEvent> into)
    {
        if (ClaudeTypes.IsNote(type))
        {
            into.Add(new AgentNote(type, ClaudeNotes.Describe(ref reader)) { At = line.At, Line = line.Number });
            return;
        }

        ClaudeTypes.ReadToEnd(ref reader);
        if (!ClaudeTypes.IsSilent(type))
        {
            into.Add(new UnknownEvent(type) { At = line.At, Line = line.Number });
        }
    }

    private static BrokenLine Broken(ClaudeLine line, string reason) => new(reason) { At = line.At, Line = line.Number };
}
