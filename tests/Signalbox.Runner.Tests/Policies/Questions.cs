using System.Text.Json;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Policies;

namespace Signalbox.Runner.Tests.Policies;

/// <summary>Questions as a run asks them.</summary>
internal static class Questions
{
    public static RunStart Start { get; } = new()
    {
        At = new DateTimeOffset(2026, 1, 24, 10, 0, 0, TimeSpan.Zero),
        RunId = "20260124T100000Z-1a2b3c4d",
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        SpanId = "00f067aa0ba902b7",
        Command = ["claude"],
        Folder = "/repo",
        Root = "/repo",
        Agent = "claude-code",
        Ci = new CiContext { Platform = "github", RunId = "9650001", Actor = new CiActor("alice"), Repository = "acme/shop", Branch = "feature/cart", Commit = "9fceb02d0ae598e95dc970b74767f19372d61af8" },
        Limits = new RunLimits { MemoryBytes = 536870912 },
        RedactionKey = Convert.ToBase64String(new byte[32]),
        RunnerVersion = "0.1.0",
    };

    public static PolicyQuestion Edit(string path) => new()
    {
        Run = Start,
        ToolUseId = "toolu_1",
        Tool = "Edit",
        ToolInput = JsonElement.Parse($$"""{"file_path": "{{JsonEncodedText.Encode(path)}}", "old_string": "a", "new_string": "b"}"""),
        Targets = [new PolicyTarget("tool_use/edit_file", path, "file", [path])],
        MayWrite = true,
        Enforced = true,
    };

    public static PolicyQuestion Bash(string command) => new()
    {
        Run = Start,
        ToolUseId = "toolu_2",
        Tool = "Bash",
        ToolInput = JsonElement.Parse($$"""{"command": "{{JsonEncodedText.Encode(command)}}"}"""),
        Targets = [new PolicyTarget("tool_use/run_command", command, "command", [])],
        MayWrite = true,
        Enforced = true,
    };
}
