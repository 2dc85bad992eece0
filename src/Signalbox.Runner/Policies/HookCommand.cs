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

    /// <summary>Longer than a policy server may take, shorter than the agent waits: one that waits in vain goes on without an answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);

    /// <summary>Waits for an answer, but not for one that never comes: the files of a run can be replaced by pipes that nobody writes to.</summary>
    /// <exception cref="TimeoutException">It did not come.</exception>
    internal static Task<string> WithinPatienceAsync(Func<Task<string>> answer, TimeProvider clock, CancellationToken cancellationToken) =>
        Task.Run(answer, cancellationToken).WaitAsync(Patience, clock, cancellationToken);

    private static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var clock = TimeProvider.System;
            var answer = await WithinPatienceAsync(
                async () =>
                {
                    await using var input = Console.OpenStandardInput();
                    return await PolicyHook.AnswerAsync(input, ProcessEnvironment.Read(), Directory.GetCurrentDirectory(), clock, cancellationToken);
                },
                clock,
                cancellationToken);
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
