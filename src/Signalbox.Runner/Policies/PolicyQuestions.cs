using System.Text.Json;
using Signalbox.Runner.Auditing;
using Signalbox.Runner.Auditing.Tools;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Policies;

/// <summary>Makes questions of an agent's calls.</summary>
internal sealed class PolicyQuestions(RunStart start, AuditOptions audit)
{
    private static readonly string[] PathMembers = ["file_path", "notebook_path", "path"];

    /// <summary>Where tools of MCP servers, and tools that are not known, name files.</summary>
    private static readonly string[] MorePathMembers =
    [
        "filePath", "filepath", "file", "filename", "fileName", "file_name", "relative_path", "relativePath", "absolute_path", "absolutePath", "target_file", "targetFile", "paths", "files", "file_paths", "filePaths",
        "source", "destination", "src", "dst", "from", "to", "old_path", "oldPath", "new_path", "newPath", "source_path", "destination_path", "target_path", "uri", "url",
    ];

    private const int MaxPaths = 256;
    private const int MaxPath = 4096;
    private const string FileScheme = "file://";

    private readonly ToolTable _tools = new(start, audit);

    /// <param name="folder">Where the agent works at that moment; null when it does not say.</param>
    /// <param name="enforced">Whether the agent waits for the answer.</param>
    public PolicyQuestion Of(ToolCalled call, string? folder, bool enforced)
    {
        if (folder is not null)
        {
            _tools.WorksIn(folder);
        }

        return new PolicyQuestion
        {
            Run = start,
            ToolUseId = call.ToolUseId,
            Tool = call.Name,
            ToolInput = call.Input,
            Targets = [.. _tools.Refused(call).Select(target => new PolicyTarget(target.Action, target.Resource, target.ResourceType, target.ResourceType switch { "file" => PathsOf(target, call), "tool" => NamedPaths(call.Input), _ => [] }))],
            Folder = folder,
            MayWrite = _tools.Writes(call).Count > 0 || ShellTools.Is(call.Name),
            Enforced = enforced,
        };
    }

    /// <summary>The path as the audit log names it, and as it stands in the call, where links may lead elsewhere.</summary>
    private static List<string> PathsOf(ToolTarget target, ToolCalled call)
    {
        var paths = new List<string>();
        foreach (var name in PathMembers)
        {
            if (ToolInput.Find(call.Input, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } path)
            {
                paths.Add(path);
            }
        }

        return paths.Count > 0 ? paths : [target.Resource];
    }

    /// <summary>Whatever reads like a path; what is none fits no rule of paths.</summary>
    private static List<string> NamedPaths(JsonElement input)
    {
        var paths = new List<string>();
        foreach (var name in PathMembers.Concat(MorePathMembers))
        {
            if (ToolInput.Find(input, name) is { } value)
            {
                AddPaths(value, paths);
            }
        }

        return paths;
    }

    private static void AddPaths(JsonElement value, List<string> paths)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String when paths.Count < MaxPaths && value.GetString() is { Length: > 0 and <= MaxPath } text && !text.AsSpan().ContainsAny('\0', '\n'):
                paths.Add(text.StartsWith(FileScheme, StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(text[FileScheme.Length..]) : text);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    AddPaths(item.ValueKind == JsonValueKind.Object && ToolInput.Find(item, "path") is { } path ? path : item, paths);
                }

                break;
        }
    }
}
