using System.Text;
using System.Text.Json;

namespace Signalbox.Runner.Agents.Claude;

/// <summary>What a part of a message's content is.</summary>
internal enum ClaudeBlockKind
{
    None,
    Text,
    Thinking,

    /// <summary>The model calls a tool, the runner's machine's or the service's own.</summary>
    Call,

    /// <summary>A tool's answer.</summary>
    Answer,

    /// <summary>Of a type that is not known; <see cref="ClaudeBlock.Name"/> says which.</summary>
    Unknown,
}

/// <summary>One part of a message's content.</summary>
internal readonly record struct ClaudeBlock(ClaudeBlockKind Kind, string? Text, string? Id, string? Name, JsonElement? Input, bool IsError)
{
    /// <summary>Parts that one line may have; those beyond are left out.</summary>
    private const int MaxBlocks = 10_000;

    /// <summary>Reads the content after the current property name: a text, or an array of parts.</summary>
    public static void ReadContent(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, List<ClaudeBlock> into)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            into.Add(new ClaudeBlock(ClaudeBlockKind.Text, JsonTexts.Read(ref reader), null, null, null, false));
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.StartObject || into.Count >= MaxBlocks)
                {
                    reader.Skip();
                }
                else if (Read(ref reader, line) is { Kind: not ClaudeBlockKind.None } block)
                {
                    into.Add(block);
                }
            }
        }
        else
        {
            reader.Skip();
        }
    }

    private static ClaudeBlock Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        string? type = null;
        string? text = null;
        string? id = null;
        string? name = null;
        JsonElement? input = null;
        var isError = false;
        while (reader.NextMember())
        {
            if (reader.Is("type"u8))
            {
                type = reader.NextText();
            }
            else if (reader.Is("text"u8) || reader.Is("thinking"u8))
            {
                text = reader.NextText();
            }
            else if (reader.Is("id"u8) || reader.Is("tool_use_id"u8))
            {
                id = reader.NextText();
            }
            else if (reader.Is("name"u8))
            {
                name = reader.NextText();
            }
            else if (reader.Is("input"u8))
            {
                input = BoundedJson.Next(ref reader, line) is { ValueKind: JsonValueKind.Object } value ? value : null;
            }
            else if (reader.Is("content"u8))
            {
                text = ReadAnswer(ref reader, ref isError);
            }
            else if (reader.Is("is_error"u8))
            {
                isError |= reader.NextSwitch() ?? false;
            }
            else
            {
                reader.Skip();
            }
        }

        return new ClaudeBlock(KindOf(type), text, id, KindOf(type) == ClaudeBlockKind.Unknown ? type ?? "without type" : name, input, isError);
    }

    private static ClaudeBlockKind KindOf(string? type) => type switch
    {
        "text" => ClaudeBlockKind.Text,
        "thinking" or "redacted_thinking" => ClaudeBlockKind.Thinking,
        "tool_use" => ClaudeBlockKind.Call,
        "tool_result" => ClaudeBlockKind.Answer,
        "image" or "document" => ClaudeBlockKind.None,
        not null when type.EndsWith("tool_use", StringComparison.Ordinal) => ClaudeBlockKind.Call,
        not null when type.EndsWith("tool_result", StringComparison.Ordinal) => ClaudeBlockKind.Answer,
        _ => ClaudeBlockKind.Unknown,
    };

    /// <summary>The text of a tool's answer: one text, or the texts of its parts on lines of their own. The service's own tools answer with objects.</summary>
    private static string? ReadAnswer(ref Utf8JsonReader reader, ref bool isError)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                return ReadParts(ref reader);
            case JsonTokenType.StartObject:
                return ReadPart(ref reader, ref isError);
            default:
                return reader.CurrentText();
        }
    }

    private static string? ReadParts(ref Utf8JsonReader reader)
    {
        string? first = null;
        StringBuilder? all = null;
        var ignored = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var part = reader.TokenType == JsonTokenType.StartObject ? ReadPart(ref reader, ref ignored) : reader.CurrentText();
            if (part is null)
            {
                continue;
            }

            if (first is null)
            {
                first = part;
            }
            else if ((all ??= new StringBuilder(first)).Length < JsonTexts.MaxBytes)
            {
                all.Append('\n').Append(part);
            }
        }

        if (all is null)
        {
            return first;
        }

        return all.Length <= JsonTexts.MaxBytes ? all.ToString() : $"{all.ToString(0, JsonTexts.MaxBytes - (char.IsHighSurrogate(all[JsonTexts.MaxBytes - 1]) ? 1 : 0))}… [cut]";
    }

    private static string? ReadPart(ref Utf8JsonReader reader, ref bool isError)
    {
        string? text = null;
        string? type = null;
        while (reader.NextMember())
        {
            if (reader.Is("text"u8))
            {
                text = reader.NextText();
            }
            else if (reader.Is("type"u8))
            {
                type = reader.NextText();
            }
            else if (reader.Is("error_code"u8))
            {
                text = reader.NextText();
                isError = true;
            }
            else
            {
                reader.Skip();
            }
        }

        return text ?? (type is null or "text" ? null : $"[{type}]");
    }
}
