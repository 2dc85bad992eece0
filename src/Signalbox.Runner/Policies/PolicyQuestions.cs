using System.Text.Json;
using Signalbox.Runner.Auditing;
using Signalbox.Runner.Auditing.Tools;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Policies;

/// <summary>Makes questions of an agent's calls.</summary>
internal sealed class PolicyQuestions(RunStart start, AuditOptions audit)
{
    private static readonly string[] PathMembers = ["file_path", "notebook_path", "path"];

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
            Targets = [.. _tools.Refused(call).Select(target => new PolicyTarget(target.Action, target.Resource, target.ResourceType, target.ResourceType == "file" ? PathsOf(target, call) : []))],
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
}
