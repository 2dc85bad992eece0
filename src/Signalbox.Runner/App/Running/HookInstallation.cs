using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Runner.Agents;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.App.Running;

/// <summary>Makes the runner the agent's PreToolUse hook, by a settings file of the agent's own that is named on its command line.</summary>
/// <remarks>The agent adds the hooks of such a file to those of its other settings; nothing of the user's is replaced. Source: https://code.claude.com/docs/en/hooks</remarks>
internal static class HookInstallation
{
    private const string Option = "--settings";

    /// <summary>Longer than a policy server may take at most; an agent that waits longer goes on without an answer.</summary>
    private const int TimeoutSeconds = 90;

    /// <returns>The command with the option; null when it names settings itself, or is not the agent's program at all but something around it.</returns>
    public static IReadOnlyList<string>? Install(RunFolder folder, IReadOnlyList<string> command, string hookCommand)
    {
        if (PlaceOf(command) is not { } program || command.Any(static word => word == Option || word.StartsWith(Option + "=", StringComparison.Ordinal)))
        {
            return null;
        }

        var file = folder.File(RunFiles.HookSettings);
        var hook = new AgentSettings(new AgentHooks([new HookMatcher("*", [new HookEntry("command", hookCommand, TimeoutSeconds)])]));
        PrivateFiles.Replace(file, JsonSerializer.SerializeToUtf8Bytes(hook, HookSettingsJson.Default.AgentSettings));
        return [.. command.Take(program + 1), Option, file, .. command.Skip(program + 1)];
    }

    /// <summary>How a shell starts this program again as the hook.</summary>
    /// <param name="process">Path of the running program.</param>
    /// <param name="assembly">Path of its assembly, where the program is the runtime's own.</param>
    public static string CommandOf(string process, string assembly) =>
        Path.GetFileNameWithoutExtension(process) == "dotnet" ? $"{Quoted(process)} {Quoted(assembly)} hook" : $"{Quoted(process)} hook";

    /// <summary>Where the agent's program stands, or a script that bears its name and was said to be it.</summary>
    private static int? PlaceOf(IReadOnlyList<string> command) =>
        AgentCommand.PlaceOf(command, "claude", "@anthropic-ai/claude-code") ?? (command.Count > 0 && Path.GetFileNameWithoutExtension(command[0]) == "claude" ? 0 : null);

    private static string Quoted(string path) =>
        OperatingSystem.IsWindows() ? $"\"{path}\"" : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

/// <summary>A settings file of the agent that holds nothing but hooks.</summary>
internal sealed record AgentSettings(AgentHooks Hooks);

/// <summary>Hooks by event.</summary>
internal sealed record AgentHooks([property: JsonPropertyName("PreToolUse")] IReadOnlyList<HookMatcher> PreToolUse);

/// <summary>Hooks for the tools that match.</summary>
internal sealed record HookMatcher(string Matcher, IReadOnlyList<HookEntry> Hooks);

/// <summary>One hook.</summary>
/// <param name="Timeout">In seconds.</param>
internal sealed record HookEntry(string Type, string Command, int Timeout);

/// <summary>The form of the agent's settings.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AgentSettings))]
internal sealed partial class HookSettingsJson : JsonSerializerContext;
