using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Signalbox.Server.Audit.Canonical;

namespace Signalbox.Server.Audit.Records;

/// <summary>Takes a copy of a tree from outside in which everything has a canonical form and nothing is nested deeper than a record allows.</summary>
internal static class TreeImport
{
    /// <summary>A whole number of so many digits is always a double of its own.</summary>
    private const int SafeDigits = 15;

    /// <param name="path">The tree's own pointer, for what is cut.</param>
    /// <param name="cuts">Receives what was nested too deep.</param>
    public static JsonNode? Copy(JsonNode? node, string path, List<RecordCut> cuts) => Copy(node, path, RecordLimits.Depth, cuts);

    private static JsonNode? Copy(JsonNode? node, string path, int levels, List<RecordCut> cuts)
    {
        switch (node)
        {
            case null:
                return null;
            case JsonValue value:
                return Value(value);
            case not null when levels == 0:
                // It was never redacted, so not even its hash may be kept.
                if (cuts.Count < RecordLimits.TooDeep)
                {
                    cuts.Add(new RecordCut(path, 0, null));
                }

                return TextCut.Marker(0, null);
            case JsonArray array:
                return Array(array, path, levels, cuts);
            default:
                return Object(node.AsObject(), path, levels, cuts);
        }
    }

    private static JsonArray Array(JsonArray array, string path, int levels, List<RecordCut> cuts)
    {
        var copy = new JsonArray();
        for (var index = 0; index < array.Count; index++)
        {
            copy.Add(array[index] is JsonObject or JsonArray ? Copy(array[index], JsonPointer.Element(path, index), levels - 1, cuts) : Copy(array[index], path, levels, cuts));
        }

        return copy;
    }

    private static JsonNode Object(JsonObject members, string path, int levels, List<RecordCut> cuts)
    {
        var copy = new JsonObject();
        try
        {
            foreach (var (name, value) in members)
            {
                var clean = TextCut.Clean(name);
                while (copy.ContainsKey(clean))
                {
                    clean += "\uFFFD";
                }

                copy.Add(clean, value is JsonObject or JsonArray ? Copy(value, JsonPointer.Member(path, clean), levels - 1, cuts) : Copy(value, path, levels, cuts));
            }
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // A text that was never decoded: its names are there twice, or are none.
            return Told(exception);
        }

        return copy;
    }

    private static JsonNode? Value(JsonValue value)
    {
        try
        {
            if (value.TryGetValue<string>(out var text))
            {
                return JsonValue.Create(TextCut.Clean(text));
            }

            return value.GetValueKind() switch
            {
                JsonValueKind.True => JsonValue.Create(true),
                JsonValueKind.False => JsonValue.Create(false),
                JsonValueKind.Number => Number(value),
                JsonValueKind.Null => null,
                _ => JsonNode.Parse(CanonicalJson.Write(value)),
            };
        }
        catch (Exception exception) when (exception is CanonicalJsonException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            return Told(exception);
        }
    }

    /// <summary>A whole number that a double cannot hold would lose digits, so it becomes a text.</summary>
    private static JsonValue Number(JsonValue value)
    {
        if (value.TryGetValue<double>(out var number) && !value.TryGetValue<JsonElement>(out _))
        {
            return double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture));
        }

        var text = value.ToJsonString();
        number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number) && (text.Length <= SafeDigits || text.AsSpan().TrimStart('-').IndexOfAnyExceptInRange('0', '9') >= 0 || IsExact(number, text)) ? JsonValue.Create(number) : JsonValue.Create(text);
    }

    private static bool IsExact(double number, string text)
    {
        Span<byte> canonical = stackalloc byte[CanonicalNumber.Longest];
        return Encoding.UTF8.GetString(canonical[..CanonicalNumber.Write(number, canonical)]) == text;
    }

    /// <summary>What cannot be kept is told in its place: a record is never lost for it.</summary>
    private static JsonValue Told(Exception exception) => JsonValue.Create(TextCut.Clean($"[unreadable: {exception.Message}]"));
}
