using System.Text.Json;

namespace Signalbox.Server.Audit.Canonical;

/// <summary>Writes a JSON text in canonical form, without a tree between.</summary>
internal static class CanonicalText
{
    /// <param name="reader">On the value's first token; afterwards on its last.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="CanonicalJsonException">It has no canonical form.</exception>
    public static void Write(CanonicalWriter writer, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(writer, ref reader);
                break;
            case JsonTokenType.StartArray:
                WriteArray(writer, ref reader);
                break;
            case JsonTokenType.String:
                writer.String(Text(ref reader));
                break;
            case JsonTokenType.Number:
                writer.Number(reader.GetDouble());
                break;
            case JsonTokenType.True:
                writer.Raw("true"u8);
                break;
            case JsonTokenType.False:
                writer.Raw("false"u8);
                break;
            case JsonTokenType.Null:
                writer.Raw("null"u8);
                break;
            default:
                throw new CanonicalJsonException("There is no value.");
        }
    }

    private static void WriteArray(CanonicalWriter writer, ref Utf8JsonReader reader)
    {
        writer.Byte((byte)'[');
        for (var isFirst = true; reader.Read() && reader.TokenType != JsonTokenType.EndArray; isFirst = false)
        {
            if (!isFirst)
            {
                writer.Byte((byte)',');
            }

            Write(writer, ref reader);
        }

        writer.Byte((byte)']');
    }

    private static void WriteObject(CanonicalWriter writer, ref Utf8JsonReader reader)
    {
        writer.Byte((byte)'{');
        var start = writer.Length;
        var members = new List<(string Name, int Offset, int Length)>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Text(ref reader);
            var offset = writer.Length;
            writer.String(name);
            writer.Byte((byte)':');
            reader.Read();
            Write(writer, ref reader);
            members.Add((name, offset, writer.Length - offset));
        }

        members.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        var parts = new (int Offset, int Length)[members.Count];
        for (var index = 0; index < parts.Length; index++)
        {
            if (index > 0 && members[index].Name == members[index - 1].Name)
            {
                throw new CanonicalJsonException($"The member '{members[index].Name}' is there twice.");
            }

            parts[index] = (members[index].Offset, members[index].Length);
        }

        writer.Arrange(start, parts);
        writer.Byte((byte)'}');
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new CanonicalJsonException($"A text holds half of a character, or is no UTF-8: {exception.Message}");
        }
    }
}
