using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Signalbox.Runner.Agents;

/// <summary>Keeps a value of an agent's line, such as a tool's input, within bounds and in a form that every reader of JSON takes.</summary>
/// <remarks>
/// A small well-formed value is kept as it stands. One that is larger, deeper or not Unicode is written anew: texts cut to <see cref="JsonTexts.MaxBytes"/>, what is deeper than
/// <see cref="MaxDepth"/> or comes after <see cref="MaxBytes"/> left out with a mark, and U+FFFD where there is no character.
/// </remarks>
internal static class BoundedJson
{
    /// <summary>Kept as it stands up to this.</summary>
    public const int SmallBytes = 256 * 1024;

    /// <summary>What a value has at most when it is written anew, but for the text that passes the bound.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Below the 64 levels that readers of JSON take by default.</summary>
    public const int MaxDepth = 48;

    private const string Mark = "…";
    private const string CutMark = "The rest was left out: the value is too large.";

    private static readonly JsonDocumentOptions SmallOptions = new() { MaxDepth = MaxDepth };

    /// <summary>For data that programs of ours read, and that is never put into a page as it is.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static JsonElement EmptyObject { get; } = Parse("{}"u8);

    /// <summary>The value after the current token; the reader ends on its last token.</summary>
    /// <param name="line">What the reader reads.</param>
    public static JsonElement Next(ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return Keep(line[start..(int)reader.BytesConsumed]);
    }

    /// <param name="raw">One JSON value that has been found well-formed but for its characters.</param>
    public static JsonElement Keep(ReadOnlySpan<byte> raw)
    {
        if (raw.Length <= SmallBytes && IsUnicode(raw))
        {
            try
            {
                return Parse(raw);
            }
            catch (JsonException)
            {
                // Too deep; it is written anew below.
            }
        }

        return Parse(Rewrite(raw));
    }

    /// <summary>Whether every string in it is text: valid UTF-8 and no escaped half of a surrogate pair, whole pairs counted in to keep this fast.</summary>
    public static bool IsUnicode(ReadOnlySpan<byte> raw) =>
        Utf8.IsValid(raw) && (raw.IndexOf("\\u"u8) is var escape && escape < 0 || (raw[escape..].IndexOf("\\ud"u8) < 0 && raw[escape..].IndexOf("\\uD"u8) < 0));

    /// <summary>The same value within the bounds, in Unicode.</summary>
    /// <exception cref="JsonException">It is no JSON value.</exception>
    public static byte[] Rewrite(ReadOnlySpan<byte> raw)
    {
        var reader = new Utf8JsonReader(raw, JsonTokens.Options);
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        var isValueOfMember = false;
        while (reader.Read())
        {
            var isEnd = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
            if (writer.BytesCommitted + writer.BytesPending > MaxBytes && !isEnd && !isValueOfMember)
            {
                LeaveContainer(ref reader, writer);
            }
            else
            {
                Copy(ref reader, writer);
            }

            isValueOfMember = reader.TokenType == JsonTokenType.PropertyName;
        }

        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                writer.WritePropertyName(JsonTexts.Read(ref reader));
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray when reader.CurrentDepth >= MaxDepth - 1:
                reader.Skip();
                writer.WriteStringValue(Mark);
                break;
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            default:
                CopyScalar(ref reader, writer);
                break;
        }
    }

    private static void CopyScalar(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            writer.WriteStringValue(JsonTexts.Read(ref reader));
        }
        else if (reader.ValueSpan.Length > 1024)
        {
            writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{Encoding.ASCII.GetString(reader.ValueSpan[..1024])}{Mark}"));
        }
        else
        {
            writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
        }
    }

    /// <summary>Goes to the end of the object or array that the current token stands in, and writes a mark in place of what was left.</summary>
    private static void LeaveContainer(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        var depth = reader.CurrentDepth;
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            writer.WriteString(Mark, CutMark);
        }
        else
        {
            writer.WriteStringValue(CutMark);
        }

        while (reader.Read() && !(reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray && reader.CurrentDepth < depth))
        {
            // What stands between is left out.
        }

        Copy(ref reader, writer);
    }

    private static JsonElement Parse(ReadOnlySpan<byte> json) => JsonElement.Parse(json, SmallOptions);
}
