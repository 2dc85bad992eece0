using Signalbox.Runner.Facts;
using Signalbox.Runner.WorkTree;

namespace Signalbox.Runner.Auditing.Tools;

/// <summary>Which tool is which action.</summary>
internal sealed class ToolTable(RunStart start, AuditOptions options)
{
    private readonly PlatformNames _names = new(start.Ci);
    private readonly ResourcePaths _paths = new(start);

    /// <summary>The agent says where it works.</summary>
    public void WorksIn(string folder) => _paths.WorksIn(folder);

    /// <returns>What the call writes; nothing for one that only reads, or that writes only files of which the work tree tells.</returns>
    public IReadOnlyList<ToolTarget> Writes(ToolCalled call)
    {
        foreach (var rule in options.Tools)
        {
            if (PathGlob.Matches(rule.Tool, call.Name))
            {
                return rule.Action == ToolRule.None ? [] : [Of(rule, call)];
            }
        }

        return (FileTools.Find(call, _paths) ?? McpTools.Find(call, _names)) is { } target ? [target] : ShellTools.Find(call, _names);
    }

    /// <returns>What a call would do were it refused, also one that would only have read; at least one.</returns>
    public IReadOnlyList<ToolTarget> Refused(ToolCalled call) => Refused(call, Writes(call));

    /// <param name="writes">What <see cref="Writes"/> has said of it.</param>
    public IReadOnlyList<ToolTarget> Refused(ToolCalled call, IReadOnlyList<ToolTarget> writes) => writes.Count > 0 ? writes : [Other(call)];

    private ToolTarget Other(ToolCalled call) =>
        FileTools.FindRead(call, _paths) ?? ShellTools.FindRun(call) ?? new ToolTarget("tool_use/" + Word(call.Name), "tool", call.Name);

    private ToolTarget Of(ToolRule rule, ToolCalled call)
    {
        var resource = rule.Resource is null ? null : ToolInput.At(call.Input, rule.Resource);
        return new ToolTarget(rule.Action, rule.ResourceType, resource is null ? call.Name : rule.ResourceType == "file" ? _paths.Of(resource) : resource);
    }

    /// <summary>A tool's name as a word of an action: <c>WebFetch</c> is <c>web_fetch</c>.</summary>
    private static string Word(string name)
    {
        const int MaxLength = 64;
        var word = new System.Text.StringBuilder();
        foreach (var character in name.Length <= MaxLength ? name : name[..MaxLength])
        {
            if (char.IsAsciiLetterUpper(character) && word.Length > 0 && char.IsAsciiLetterOrDigit(word[^1]) && !char.IsAsciiLetterUpper(word[^1]))
            {
                word.Append('_');
            }

            word.Append(char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '_');
        }

        return word.Length == 0 ? "tool" : word.ToString();
    }
}
