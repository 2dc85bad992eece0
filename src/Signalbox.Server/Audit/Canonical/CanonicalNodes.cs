using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signalbox.Server.Audit.Canonical;

/// <summary>Writes a tree in canonical form.</summary>
internal static class CanonicalNodes
{
    /// <exception cref="CanonicalJsonException">The tree has no canonical form.</exception>
    public static void Write(CanonicalWriter writer, JsonNode? node) => Write(writer, node, CanonicalJson.Deepest);

    private static void Write(CanonicalWriter writer, JsonNode? node, int levels)
    {
        switch (node)
        {
            case null:
                writer.Raw("null"u8);
                break;
            case JsonValue value:
                WriteValue(writer, value);
                break;
            case not null when levels == 0:
                throw new CanonicalJsonException($"It has more than {CanonicalJson.Deepest} levels.");
            case JsonArray array:
                writer.Byte((byte)'[');
                for (var index = 0; index < array.Count; index++)
                {
                    if (index > 0)
                    {
                        writer.Byte((byte)',');
                    }

                    Write(writer, array[index], levels - 1);
                }

                writer.Byte((byte)']');
                break;
            default:
                WriteObject(writer, node.AsObject(), levels);
                break;
        }
    }

    private static void WriteObject(CanonicalWriter writer, JsonObject value, int levels)
    {
        KeyValuePair<string, JsonNode?>[] members;
        try
        {
            members = [.. value];
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // A tree that was read from a text finds a name that is there twice, or is none, only when it is looked into.
            throw new CanonicalJsonException(exception.Message);
        }

        Array.Sort(members, static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        writer.Byte((byte)'{');
        for (var index = 0; index < members.Length; index++)
        {
            if (index > 0)
            {
                writer.Byte((byte)',');
            }

            writer.String(members[index].Key);
            writer.Byte((byte)':');
            Write(writer, members[index].Value, levels - 1);
        }

        writer.Byte((byte)'}');
    }

    private static void WriteValue(CanonicalWriter writer, JsonValue value)
    {
        if (TryGetText(value, out var text))
        {
            writer.String(text);
        }
        else if (value.TryGetValue<bool>(out var flag))
        {
            writer.Raw(flag ? "true"u8 : "false"u8);
        }
        else if (value.TryGetValue<double>(out var number))
        {
            writer.Number(number);
        }
        else
        {
            WriteOther(writer, value);
        }
    }

    private static bool TryGetText(JsonValue value, [NotNullWhen(true)] out string? text)
    {
        try
        {
            return value.TryGetValue(out text);
        }
        catch (InvalidOperationException exception)
        {
            // A text that was never decoded may turn out to be none.
            throw new CanonicalJsonException(exception.Message);
        }
    }

    /// <summary>Whatever else a value may hold (an instant, a whole number, an object of a type) is what JSON makes of it.</summary>
    private static void WriteOther(CanonicalWriter writer, JsonValue value)
    {
        try
        {
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream))
            {
                value.WriteTo(json);
            }

            var reader = new Utf8JsonReader(stream.GetBuffer().AsSpan(0, (int)stream.Length));
            reader.Read();
            CanonicalText.Write(writer, ref reader);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException or NotSupportedException)
        {
            throw new CanonicalJsonException(exception.Message);
        }
    }
}
