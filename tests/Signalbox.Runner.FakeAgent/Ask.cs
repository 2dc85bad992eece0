using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signalbox.Runner.FakeAgent;

/// <summary><c>ask ID TOOL INPUT</c>: asks the PreToolUse hook that <c>--settings FILE</c> names before a call, as Claude Code does; without one every call may go on.</summary>
internal static class Ask
{
    private const string Refused = """{"type":"user","session_id":"s-1","parent_tool_use_id":null,"message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"ID","content":REASON,"is_error":true}]}}""";

    /// <param name="options">Of the agent's own command line.</param>
    /// <returns>Whether the call may go on; when not, the agent has told so.</returns>
    public static async Task<bool> RunAsync(string[] options, string question)
    {
        var words = question.Split(' ', 3);
        if (HookOf(options) is not { } hook)
        {
            return true;
        }

        var answer = await RunHookAsync(hook, words[0], words[1], JsonNode.Parse(words[2])!);
        if ((string?)answer?["permissionDecision"] != "deny")
        {
            return true;
        }

        var reason = (string?)answer["permissionDecisionReason"] ?? string.Empty;
        await Console.Out.WriteLineAsync(Refused.Replace("ID", words[0], StringComparison.Ordinal).Replace("REASON", $"\"{JsonEncodedText.Encode(reason)}\"", StringComparison.Ordinal));
        return false;
    }

    private static string? HookOf(string[] options) => Array.IndexOf(options, "--settings") is >= 0 and var place
        ? (string?)JsonNode.Parse(File.ReadAllText(options[place + 1]))!["hooks"]!["PreToolUse"]![0]!["hooks"]![0]!["command"]
        : null;

    private static async Task<JsonNode?> RunHookAsync(string command, string id, string tool, JsonNode input)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var question = new JsonObject
        {
            ["session_id"] = "s-1",
            ["cwd"] = Environment.CurrentDirectory,
            ["hook_event_name"] = "PreToolUse",
            ["tool_name"] = tool,
            ["tool_input"] = input,
            ["tool_use_id"] = id,
        };
        await process.StandardInput.WriteAsync(question.ToJsonString());
        process.StandardInput.Close();
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        // Nothing is no opinion; with the exit code 2 it is a refusal that Claude Code takes without an answer.
        return process.ExitCode == 2
            ? new JsonObject { ["permissionDecision"] = "deny" }
            : text.Length == 0 ? null : JsonNode.Parse(text)!["hookSpecificOutput"];
    }
}
