using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Tells member by member how two definitions differ, without the values of headers and variables.</summary>
internal static class DefinitionDiff
{
    /// <summary>In characters; what is longer is cut, because a record of changes is read by people.</summary>
    private const int LongestValue = 500;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, TypeInfoResolver = JobsJson.Default };

    private static readonly string[] Secret = ["command.environment.", "http.headers."];

    /// <param name="before">Null for a job that is new.</param>
    /// <param name="after">Null for a job that goes.</param>
    public static IReadOnlyList<MemberChange> Of(TaskRequest? before, TaskRequest? after)
    {
        var old = Flatten(before);
        var young = Flatten(after);
        return
        [
            .. old.Keys.Union(young.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Where(member => old.GetValueOrDefault(member) != young.GetValueOrDefault(member))
                .Select(member => new MemberChange(member, Shown(member, old.GetValueOrDefault(member), null), Shown(member, young.GetValueOrDefault(member), old.GetValueOrDefault(member)))),
        ];
    }

    private static string? Shown(string member, string? value, string? before)
    {
        if (value is null)
        {
            return null;
        }

        if (Array.Exists(Secret, member.StartsWith))
        {
            return before is null ? DefinitionWriter.Hidden : $"{DefinitionWriter.Hidden} (changed)";
        }

        return value.Length <= LongestValue ? value : value[..LongestValue] + "…";
    }

    private static Dictionary<string, string> Flatten(TaskRequest? request)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        if (request is not null)
        {
            Flatten(JsonSerializer.SerializeToNode(request, JobsJson.Default.TaskRequest)!.AsObject(), string.Empty, members);
        }

        return members;
    }

    private static void Flatten(JsonObject node, string path, Dictionary<string, string> members)
    {
        foreach (var (name, value) in node)
        {
            switch (value)
            {
                case null:
                    break;
                case JsonObject inner:
                    Flatten(inner, $"{path}{name}.", members);
                    break;
                case JsonValue text when text.GetValueKind() == JsonValueKind.String:
                    members[path + name] = text.GetValue<string>();
                    break;
                default:
                    members[path + name] = value.ToJsonString(Readable);
                    break;
            }
        }
    }
}

/// <summary>One member of a definition, before and after; null where there was or is nothing.</summary>
internal sealed record MemberChange(string Member, string? Before, string? After);
