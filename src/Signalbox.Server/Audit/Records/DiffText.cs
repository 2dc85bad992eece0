using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Signalbox.Server.Audit.Canonical;

namespace Signalbox.Server.Audit.Records;

/// <summary>Tells a patch to people, one line a step.</summary>
internal static class DiffText
{
    /// <summary>In characters of one value.</summary>
    private const int LongestValue = 500;

    /// <returns>Lines such as <c>timeout: "5m" → "7m"</c>, <c>tags/2 added: "x"</c>, <c>note removed: "y"</c>.</returns>
    public static IReadOnlyList<string> Of(IReadOnlyList<JsonOperation> operations) => [.. operations.Select(Of)];

    private static string Of(JsonOperation operation)
    {
        var place = JsonPointer.Split(operation.Path) is { Length: > 0 } names ? string.Join('/', names) : "(everything)";
        return operation.Op switch
        {
            JsonOperation.AddOp => $"{place} added: {Text(operation.Value)}",
            JsonOperation.RemoveOp => operation.HasOld ? $"{place} removed: {Text(operation.Old)}" : $"{place} removed",
            _ => operation.HasOld ? $"{place}: {Text(operation.Old)} → {Text(operation.Value)}" : $"{place} replaced: {Text(operation.Value)}",
        };
    }

    private static string Text(JsonNode? value)
    {
        var text = value is JsonValue single && single.GetValueKind() == JsonValueKind.String ? $"\"{single.GetValue<string>()}\"" : Encoding.UTF8.GetString(CanonicalJson.Write(value));
        if (text.Length <= LongestValue)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[LongestValue - 1]) ? LongestValue - 1 : LongestValue;
        return text[..end] + "…";
    }
}
