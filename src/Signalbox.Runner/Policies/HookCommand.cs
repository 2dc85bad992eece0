using System.CommandLine;
using Signalbox.Runner.App;
using Signalbox.Runner.Configuration;

namespace Signalbox.Runner.Policies;

/// <summary><c>cicd-runner hook</c>: the agent's PreToolUse hook.</summary>
internal static class HookCommand
{
    /// <summary>The agent's settings that make it ask; longer than a policy server may take at most, because an agent whose hook is late goes on without it.</summary>
    internal const string Settings =
        """
        {
          "hooks": {
            "PreToolUse": [
              { "matcher": "*", "hooks": [{ "type": "command", "command": "cicd-runner hook", "timeout": 90 }] }
            ]
          }
        }
        """;

    /// <summary>By this code an agent takes a hook's failure for a denial, with stderr as its reason; any other one would let the call pass.</summary>
    private const int Blocked = 2;

    public static Command Create()
    {
        var print = new Option<bool>("--print-settings") { Description = "Print the settings that make Claude Code ask this hook, and exit." };
        var command = new Command("hook", "Answer an agent that asks before it uses a tool: its PreToolUse hook. Reads the question on stdin.") { print };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(print))
            {
                await Console.Out.WriteLineAsync(Settings);
                return ExitCodes.Done;
            }

            return await RunAsync(cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var input = Console.OpenStandardInput();
            var answer = await PolicyHook.AnswerAsync(input, ProcessEnvironment.Read(), Directory.GetCurrentDirectory(), TimeProvider.System, cancellationToken);
            await Console.Out.WriteAsync(answer);
            await Console.Out.FlushAsync(cancellationToken);
            return ExitCodes.Done;
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync($"cicd-runner hook: {exception.Message}");
            return Blocked;
        }
    }
}
