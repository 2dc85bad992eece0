using System.Globalization;
using Signalbox.Runner.Auditing.Shell;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Auditing.Tools;

/// <summary>The tools that run a command line, and what such a line writes beside files.</summary>
internal static class ShellTools
{
    /// <summary>More than are decided on in one call, so that nothing hides behind many things that are allowed.</summary>
    private const int MaxTargets = 64;

    private const int MaxShown = 200;

    public static bool Is(string tool) => tool is "Bash" or "BashOutput" or "Shell" or "shell" or "bash" or "run_shell_command" or "PowerShell" or "exec_command";

    public static string? CommandOf(ToolCalled call) => ToolInput.Text(call.Input, "command", "cmd", "script");

    /// <returns>Each thing that is written to the platform; none for a line that only works on files, which are compared.</returns>
    public static IReadOnlyList<ToolTarget> Find(ToolCalled call, PlatformNames names)
    {
        if (!Is(call.Name) || CommandOf(call) is not { } line)
        {
            return [];
        }

        var commands = ShellCommands.In(line);
        var targets = new List<ToolTarget>();
        var further = 0;
        foreach (var command in commands)
        {
            var target = command.Program switch
            {
                "git" => GitCommand.Find(command, names),
                "gh" or "glab" => PlatformCommand.Find(command, names),
                "curl" => PlatformRequest.FindCurl(command, names),
                "wget" => PlatformRequest.FindWget(command, names),
                _ => null,
            };
            if (target is not null && targets.Count == MaxTargets)
            {
                further++;
            }
            else if (target is not null)
            {
                targets.Add(commands.Count == 1 ? target : target with { Note = Joined(target.Note, "The outcome is that of the whole command line.") });
            }
        }

        if (further > 0)
        {
            targets[^1] = targets[^1] with { Note = Joined(targets[^1].Note, string.Create(CultureInfo.InvariantCulture, $"The command line writes {further} further things that have no records of their own.")) };
        }

        return targets;
    }

    /// <summary>What a refused command line would have run.</summary>
    public static ToolTarget? FindRun(ToolCalled call)
    {
        if (!Is(call.Name))
        {
            return null;
        }

        var line = (CommandOf(call) ?? call.Name).Trim().ReplaceLineEndings(" ");
        return new ToolTarget("tool_use/run_command", "command", line.Length <= MaxShown ? line : line[..MaxShown] + "…");
    }

    private static string Joined(string? first, string second) => first is null ? second : $"{first} {second}";
}
