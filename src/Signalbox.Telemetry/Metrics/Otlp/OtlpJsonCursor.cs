using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Signalbox.Telemetry.Wire;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Walks OTLP/JSON: objects property by property, arrays item by item, numbers as numbers or as text.</summary>
/// <remarks>Source: https://github.com/open-telemetry/opentelemetry-proto/blob/v1.8.0/docs/specification.md#json-protobuf-encoding</remarks>
internal static class OtlpJsonCursor
{
    /// <summary>Moves to the value of the next property of an object.</summary>
    /// <param name="entered">False before the first call; the reader then stands on the object. Null in the object's place is an empty object.</param>
    /// <returns>False at the object's end.</returns>
    public static bool NextProperty(ref Utf8JsonReader reader, ref bool entered)
    {
        if (!entered)
        {
            entered = true;
            if (reader.TokenType == JsonTokenType.Null)
            {
                return false;
            }

            Expect(ref reader, JsonTokenType.StartObject);
        }

        reader.Read();
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Moves to the next item of an array.</summary>
    /// <inheritdoc cref="NextProperty"/>
    public static bool NextItem(ref Utf8JsonReader reader, ref bool entered)
    {
        if (!entered)
        {
            entered = true;
            if (reader.TokenType == JsonTokenType.Null)
            {
                return false;
            }

            Expect(ref reader, JsonTokenType.StartArray);
        }

        reader.Read();
        return reader.TokenType != JsonTokenType.EndArray;
    }

    public static ulong UInt64(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return 0;
        }

        var text = NumberText(ref reader);
        return Utf8Parser.TryParse(text, out ulong value, out var consumed) && consumed == text.Length
            ? value
            : throw Error(ref reader, "an unsigned whole number");
    }

    public static long Int64(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return 0;
        }

        var text = NumberText(ref reader);
        return Utf8Parser.TryParse(text, out long value, out var consumed) && consumed == text.Length ? value : throw Error(ref reader, "a whole number");
    }

    public static int Int32(ref Utf8JsonReader reader)
    {
        var value = Int64(ref reader);
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Error(ref reader, "a whole number of 32 bits");
    }

    /// <summary>An enum: its number only, as the protocol does not allow names.</summary>
    public static int Enumeration(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.Number or JsonTokenType.Null ? Int32(ref reader) : throw Error(ref reader, "the number of an enum value");

    public static double Double(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return 0;
        }

        var text = NumberText(ref reader);
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, style, CultureInfo.InvariantCulture, out var value) ? value : throw Error(ref reader, "a number");
    }

    public static bool Boolean(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False or JsonTokenType.Null => false,
        _ => throw Error(ref reader, "true or false"),
    };

    /// <summary>A string's characters in UTF-8; null is an empty string.</summary>
    public static byte[] Utf8String(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return [];
        }

        Expect(ref reader, JsonTokenType.String);
        return Encoding.UTF8.GetBytes(reader.GetString()!);
    }

    public static WireFormatException Error(ref Utf8JsonReader reader, string expected) =>
        new($"The OTLP/JSON request has {reader.TokenType} where {expected} belongs (byte {reader.TokenStartIndex}).");

    public static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw Error(ref reader, type.ToString());
        }
    }

    private static ReadOnlySpan<byte> NumberText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.String))
        {
            throw Error(ref reader, "a number");
        }

        return reader.ValueSpan;
    }
}
