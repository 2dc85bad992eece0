using System.Buffers;
using System.Text.Json;

namespace Signalbox.Runner.Agents;

/// <summary>Keeps the parts of a tool's answer within bounds: of an object, the members as they stand, and of long texts the beginning.</summary>
/// <remarks>
/// Agents repeat here what the answer itself tells already, and whole files beside it. What is left out of such a text need not be gone over a second time. Not thread-safe: its buffer
/// is used again.
/// </remarks>
internal sealed class BoundedParts
{
    /// <summary>What is kept of a text.</summary>
    public const int MaxTextBytes = 512;

    /// <summary>A larger buffer is given back.</summary>
    private const int KeptBuffer = 256 * 1024;

    private ArrayBufferWriter<byte> _buffer = new(16 * 1024);

    /// <summary>The object after the current property name; null when it is none.</summary>
    /// <param name="line">What the reader reads.</param>
    public JsonElement? Next(ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        if (!reader.EntersObject())
        {
            return null;
        }

        if (_buffer.Capacity > KeptBuffer)
        {
            _buffer = new ArrayBufferWriter<byte>(16 * 1024);
        }

        _buffer.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_buffer, BoundedJson.WriterOptions);
        writer.WriteStartObject();
        while (reader.NextMember())
        {
            writer.WritePropertyName(JsonTexts.Read(ref reader));
            Copy(ref reader, line, writer);
        }

        writer.WriteEndObject();
        writer.Flush();
        return BoundedJson.Keep(_buffer.WrittenSpan);
    }

    private static void Copy(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, Utf8JsonWriter writer)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length > MaxTextBytes)
        {
            writer.WriteStringValue(JsonTexts.Read(ref reader, MaxTextBytes));
            return;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var raw = line[start..(int)reader.BytesConsumed];
        writer.WriteRawValue(raw.Length <= BoundedJson.SmallBytes ? raw : BoundedJson.Rewrite(raw), skipInputValidation: true);
    }
}
