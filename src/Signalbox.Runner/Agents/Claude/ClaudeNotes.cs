using System.Text;
using System.Text.Json;

namespace Signalbox.Runner.Agents.Claude;

/// <summary>Puts a message that changes no account into one line for people: its members as <c>name=value</c>, in its order.</summary>
internal static class ClaudeNotes
{
    private const int MaxValueBytes = 500;
    private const int MaxLength = 4000;

    /// <summary>Null when there is nothing but the type.</summary>
    /// <param name="reader">Stands on the object's beginning and ends behind the line.</param>
    public static string? Describe(ref Utf8JsonReader reader)
    {
        var text = new StringBuilder();
        while (reader.NextMember())
        {
            if (reader.Is("type"u8) || reader.Is("subtype"u8) || reader.Is("uuid"u8) || reader.Is("session_id"u8) || reader.Is("parent_tool_use_id"u8))
            {
                reader.Skip();
            }
            else
            {
                Add(ref reader, string.Empty, text, depth: 0);
            }
        }

        ClaudeTypes.ReadToEnd(ref reader);
        return text.Length == 0 ? null : text.ToString();
    }

    private static void Add(ref Utf8JsonReader reader, string prefix, StringBuilder text, int depth)
    {
        var name = prefix + JsonTexts.Read(ref reader, 100);
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject when depth < 2:
                while (reader.NextMember())
                {
                    Add(ref reader, name + ".", text, depth + 1);
                }

                break;
            case JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False when text.Length < MaxLength:
                var value = reader.TokenType == JsonTokenType.String ? JsonTexts.Read(ref reader, MaxValueBytes) : reader.CurrentText();
                if (!string.IsNullOrEmpty(value))
                {
                    text.Append(text.Length == 0 ? string.Empty : ", ").Append(name).Append('=').Append(value);
                }

                break;
            default:
                reader.Skip();
                break;
        }
    }
}
