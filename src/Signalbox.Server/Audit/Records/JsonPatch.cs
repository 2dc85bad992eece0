using System.Text.Json.Nodes;

namespace Signalbox.Server.Audit.Records;

/// <summary>Applies a patch, strictly: each place must be there, and hold what the patch says it held.</summary>
internal static class JsonPatch
{
    /// <param name="old">Null when there was no object; it is not changed.</param>
    /// <returns>Null when there is no object afterwards.</returns>
    /// <exception cref="JsonPatchException">The patch does not fit.</exception>
    public static JsonNode? Apply(IReadOnlyList<JsonOperation> operations, JsonNode? old)
    {
        var root = old?.DeepClone();
        foreach (var operation in operations)
        {
            root = Apply(operation, root);
        }

        return root;
    }

    private static JsonNode? Apply(JsonOperation operation, JsonNode? root)
    {
        var names = JsonPointer.Split(operation.Path) ?? throw Misfit(operation, "is no pointer");
        if (names.Length == 0)
        {
            if ((root is null) != (operation.Op == JsonOperation.AddOp))
            {
                throw Misfit(operation, root is null ? "is not there" : "is there already");
            }

            return operation.Value?.DeepClone();
        }

        var parent = root;
        foreach (var name in names.AsSpan(0, names.Length - 1))
        {
            parent = parent switch
            {
                JsonObject inner when inner.TryGetPropertyValue(name, out var next) => next,
                JsonArray array when JsonPointer.Index(name) is { } index && index < array.Count => array[index],
                _ => throw Misfit(operation, "is not there"),
            };
        }

        switch (parent)
        {
            case JsonObject inner:
                ApplyToObject(operation, inner, names[^1]);
                break;
            case JsonArray array:
                ApplyToArray(operation, array, names[^1]);
                break;
            default:
                throw Misfit(operation, "is not there");
        }

        return root;
    }

    private static void ApplyToObject(JsonOperation operation, JsonObject parent, string name)
    {
        var isThere = parent.TryGetPropertyValue(name, out var current);
        if (isThere == (operation.Op == JsonOperation.AddOp))
        {
            throw Misfit(operation, isThere ? "is there already" : "is not there");
        }

        Check(operation, current);
        if (operation.Op == JsonOperation.RemoveOp)
        {
            parent.Remove(name);
        }
        else
        {
            parent[name] = operation.Value?.DeepClone();
        }
    }

    private static void ApplyToArray(JsonOperation operation, JsonArray parent, string name)
    {
        var isAdd = operation.Op == JsonOperation.AddOp;
        if (JsonPointer.Index(name) is not { } index || index > parent.Count || (!isAdd && index == parent.Count))
        {
            throw Misfit(operation, "is not there");
        }

        if (isAdd)
        {
            parent.Insert(index, operation.Value?.DeepClone());
            return;
        }

        Check(operation, parent[index]);
        if (operation.Op == JsonOperation.RemoveOp)
        {
            parent.RemoveAt(index);
        }
        else
        {
            parent[index] = operation.Value?.DeepClone();
        }
    }

    private static void Check(JsonOperation operation, JsonNode? current)
    {
        if (operation.HasOld && !JsonValues.AreEqual(operation.Old, current))
        {
            throw Misfit(operation, "held something else");
        }
    }

    private static JsonPatchException Misfit(JsonOperation operation, string why) => new($"{operation.Op} at '{operation.Path}': the place {why}.");
}
