using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Auditing.Tools;

/// <summary>The tools that write a file, and where they say which.</summary>
internal static class FileTools
{
    private static readonly Dictionary<string, string[]> Paths = new(StringComparer.Ordinal)
    {
        ["Edit"] = ["file_path", "path"],
        ["Write"] = ["file_path", "path"],
        ["MultiEdit"] = ["file_path", "path"],
        ["NotebookEdit"] = ["notebook_path", "file_path"],
    };

    /// <summary>Tools that only read, and where they say what.</summary>
    private static readonly Dictionary<string, string[]> Reads = new(StringComparer.Ordinal)
    {
        ["Read"] = ["file_path", "path"],
        ["NotebookRead"] = ["notebook_path"],
        ["Glob"] = ["path", "pattern"],
        ["Grep"] = ["path", "pattern"],
        ["LS"] = ["path"],
    };

    public static bool Writes(string tool) => Paths.ContainsKey(tool);

    /// <returns>Null when it is no tool that writes a file.</returns>
    public static ToolTarget? Find(ToolCalled call, ResourcePaths paths) => Paths.TryGetValue(call.Name, out var names)
        ? new ToolTarget(ToolTarget.EditFile, "file", ToolInput.Text(call.Input, names) is { } path ? paths.Of(path) : call.Name)
        : null;

    /// <returns>What a refused call of a tool that only reads would have read; null when it is no such tool.</returns>
    public static ToolTarget? FindRead(ToolCalled call, ResourcePaths paths) => Reads.TryGetValue(call.Name, out var names)
        ? new ToolTarget("tool_use/read_file", "file", ToolInput.Text(call.Input, names) is { } path ? paths.Of(path) : call.Name)
        : null;
}
