using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Two definitions as the audit log keeps them: whole, and without the values of headers and variables.</summary>
/// <param name="Before">Null for a job that is new.</param>
/// <param name="After">Null for a job that goes; a hidden value that has changed says so.</param>
/// <param name="IsNone">Nothing differs, hidden values included.</param>
internal sealed record DefinitionNodes(JsonNode? Before, JsonNode? After, bool IsNone)
{
    private const string Changed = $"{DefinitionWriter.Hidden} (changed)";

    private static readonly (string Owner, string Member)[] Secret = [("command", "environment"), ("http", "headers")];

    /// <param name="before">With its secrets, so that a change of one is seen.</param>
    /// <param name="after">With its secrets, so that a change of one is seen.</param>
    public static DefinitionNodes Of(TaskRequest? before, TaskRequest? after)
    {
        var old = NodeOf(before);
        var young = NodeOf(after);
        var same = JsonNode.DeepEquals(old, young);
        foreach (var (owner, member) in Secret)
        {
            Hide(old?[owner]?[member] as JsonObject, young?[owner]?[member] as JsonObject);
        }

        return new DefinitionNodes(old, young, same);
    }

    private static void Hide(JsonObject? old, JsonObject? young)
    {
        foreach (var name in young is null ? [] : young.Select(static value => value.Key).ToArray())
        {
            var changed = old is not null && old.TryGetPropertyValue(name, out var value) && !JsonNode.DeepEquals(value, young![name]);
            young![name] = changed ? Changed : DefinitionWriter.Hidden;
        }

        foreach (var name in old is null ? [] : old.Select(static value => value.Key).ToArray())
        {
            old![name] = DefinitionWriter.Hidden;
        }
    }

    private static JsonObject? NodeOf(TaskRequest? request) => request is null ? null : JsonSerializer.SerializeToNode(request, JobsJson.Default.TaskRequest)!.AsObject();
}
