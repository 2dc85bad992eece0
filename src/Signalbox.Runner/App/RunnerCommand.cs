using System.CommandLine;
using System.Runtime.InteropServices;
using Signalbox.Runner.Configuration;
using Signalbox.Runner.Policies;
using Signalbox.Settings;

namespace Signalbox.Runner.App;

/// <summary>The command line of <c>cicd-runner</c>.</summary>
internal static class RunnerCommand
{
    public static RootCommand Create()
    {
        var flags = new RunnerFlags();
        var root = new RootCommand("cicd-runner: keeps a command of CI, or an AI agent, within its limits, and writes down what it did.")
        {
            HookCommand.Create(),
            ConfigCommand.Create(flags),
            CreateVersion(),
        };
        flags.AddTo(root);
        return root;
    }

    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var parsed = Create().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync("Run the command with --help to see what it takes.");
            return ExitCodes.WrongUse;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (SettingsException exception)
        {
            await Console.Error.WriteLineAsync($"The configuration does not hold ({exception.Errors.Count} found):");
            foreach (var error in exception.Errors)
            {
                await Console.Error.WriteLineAsync($"  {error}");
            }

            return ExitCodes.BadConfiguration;
        }
    }

    private static Command CreateVersion()
    {
        var command = new Command("version", "Print version, runtime and platform.");
        command.SetAction(static _ => Console.Out.WriteLine($"cicd-runner {ProductVersion.Text} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})"));
        return command;
    }
}
