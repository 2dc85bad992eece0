using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Signalbox.Runner.Agents;

/// <summary>Reads the values of members whose shape an agent does not promise: what is not of the kind asked for is skipped and reads as absent.</summary>
/// <remarks>Each method begins on a property name, or on the element before the value, and ends on the value's last token.</remarks>
internal static class JsonTokens
{
    /// <summary>Far above what any account of an agent holds, and so low that sums do not overflow.</summary>
    private const long MaxCount = 1_000_000_000_000;

    /// <summary>Nesting that is read; deeper lines count as broken.</summary>
    public const int MaxDepth = 512;

    public static JsonReaderOptions Options { get; } = new() { MaxDepth = MaxDepth };

    /// <summary>Goes to the next property name of the current object; false at its end.</summary>
    public static bool NextMember(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Whether the current property name is this one.</summary>
    public static bool Is(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.ValueIsEscaped ? JsonTexts.Read(ref reader, 200) == Encoding.UTF8.GetString(name) : reader.ValueSpan.SequenceEqual(name);

    /// <summary>Goes to the value; true when it is an object, whose members <see cref="NextMember"/> then gives. Anything else is skipped.</summary>
    public static bool EntersObject(this ref Utf8JsonReader reader) => Enters(ref reader, JsonTokenType.StartObject);

    /// <summary>Goes to the value; true when it is an array. Anything else is skipped.</summary>
    public static bool EntersArray(this ref Utf8JsonReader reader) => Enters(ref reader, JsonTokenType.StartArray);

    /// <summary>A string, or a number or truth value as it is written; null for anything else.</summary>
    public static string? NextText(this ref Utf8JsonReader reader)
    {
        reader.Read();
        return CurrentText(ref reader);
    }

    /// <summary>Like <see cref="NextText"/>, standing on the value already.</summary>
    public static string? CurrentText(this ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return JsonTexts.Read(ref reader);
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                return Encoding.UTF8.GetString(reader.ValueSpan);
            default:
                reader.Skip();
                return null;
        }
    }

    public static bool? NextSwitch(this ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            default:
                reader.Skip();
                return null;
        }
    }

    /// <summary>A whole number from 0, also from a string; fractions are cut off, what is negative or too large is brought into the range.</summary>
    public static long? NextCount(this ref Utf8JsonReader reader) =>
        NextNumber(ref reader) is { } number ? (long)Math.Clamp(number, 0, MaxCount) : null;

    /// <summary>A number, also from a string; null when it is not finite.</summary>
    public static double? NextNumber(this ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.Number or JsonTokenType.String
                when Utf8Parser.TryParse(reader.ValueSpan, out double value, out var used) && used == reader.ValueSpan.Length && double.IsFinite(value):
                return value;
            default:
                reader.Skip();
                return null;
        }
    }

    private static bool Enters(ref Utf8JsonReader reader, JsonTokenType kind)
    {
        reader.Read();
        if (reader.TokenType == kind)
        {
            return true;
        }

        reader.Skip();
        return false;
    }
}
