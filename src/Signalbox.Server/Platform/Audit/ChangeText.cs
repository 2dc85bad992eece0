using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signalbox.Server.Platform.Audit;

/// <summary>Tells in a line how two objects differ, member by member, for the server's log.</summary>
internal static class ChangeText
{
    private const int MostChanges = 40;

    /// <summary>In characters; what is longer is cut, because a log line is read by people.</summary>
    private const int LongestValue = 500;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode? before, JsonNode? after)
    {
        var changes = new List<string>();
        Add(changes, string.Empty, before, after);
        return string.Join(", ", changes);
    }

    private static void Add(List<string> changes, string path, JsonNode? before, JsonNode? after)
    {
        if (changes.Count > MostChanges || JsonNode.DeepEquals(before, after))
        {
            return;
        }

        if (changes.Count == MostChanges)
        {
            changes.Add("…");
            return;
        }

        if ((before ?? after) is JsonObject && before is null or JsonObject && after is null or JsonObject)
        {
            var old = before as JsonObject;
            var young = after as JsonObject;
            foreach (var name in (old?.Select(static member => member.Key) ?? []).Union(young?.Select(static member => member.Key) ?? [], StringComparer.Ordinal))
            {
                Add(changes, path.Length == 0 ? name : $"{path}.{name}", old?[name], young?[name]);
            }

            return;
        }

        changes.Add($"{path}: {Text(before)} → {Text(after)}");
    }

    private static string Text(JsonNode? value)
    {
        // A missing value reads as a dash, so that the line keeps its shape.
        var text = value switch
        {
            null => "–",
            JsonValue single when single.GetValueKind() == JsonValueKind.String => single.GetValue<string>(),
            _ => Json(value),
        };
        return text.Length <= LongestValue ? text : text[..LongestValue] + "…";
    }

    private static string Json(JsonNode value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Readable))
        {
            value.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
