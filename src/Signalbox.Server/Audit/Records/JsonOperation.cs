using System.Text.Json.Nodes;

namespace Signalbox.Server.Audit.Records;

/// <summary>One step of a patch: RFC 6902's add, remove or replace, with the value that was there before as a further member.</summary>
/// <param name="Value">What is there afterwards; null for <c>remove</c>, and for JSON's null.</param>
/// <param name="Old">What was there before; null for <c>add</c>, for JSON's null, and where <paramref name="HasOld"/> is false.</param>
/// <param name="HasOld">Whether the old value is told: it is not for the whole object, which the record has anyhow.</param>
/// <remarks>Source: https://www.rfc-editor.org/rfc/rfc6902</remarks>
internal sealed record JsonOperation(string Op, string Path, JsonNode? Value, JsonNode? Old, bool HasOld)
{
    public const string AddOp = "add";
    public const string RemoveOp = "remove";
    public const string ReplaceOp = "replace";

    public static JsonOperation Add(string path, JsonNode? value) => new(AddOp, path, value?.DeepClone(), null, HasOld: false);

    public static JsonOperation Remove(string path, JsonNode? old) => new(RemoveOp, path, null, path.Length == 0 ? null : old?.DeepClone(), HasOld: path.Length > 0);

    public static JsonOperation Replace(string path, JsonNode? old, JsonNode? value) => new(ReplaceOp, path, value?.DeepClone(), path.Length == 0 ? null : old?.DeepClone(), HasOld: path.Length > 0);

    public JsonObject ToNode()
    {
        var node = new JsonObject { ["op"] = Op, ["path"] = Path };
        if (Op != RemoveOp)
        {
            node["value"] = Value?.DeepClone();
        }

        if (HasOld)
        {
            node["old"] = Old?.DeepClone();
        }

        return node;
    }

    /// <exception cref="JsonPatchException">It is no operation.</exception>
    public static JsonOperation Read(JsonNode? node)
    {
        if (node is not JsonObject operation || Text(operation, "op") is not { } op || Text(operation, "path") is not { } path)
        {
            throw new JsonPatchException("An operation is an object with op and path.");
        }

        var hasValue = operation.TryGetPropertyValue("value", out var value);
        if (op is not (AddOp or RemoveOp or ReplaceOp) || hasValue != (op != RemoveOp))
        {
            throw new JsonPatchException($"'{op}' is no operation that a record has, or its value is missing.");
        }

        var hasOld = operation.TryGetPropertyValue("old", out var old);
        return new JsonOperation(op, path, value, old, hasOld);
    }

    private static string? Text(JsonObject node, string name) => node[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
