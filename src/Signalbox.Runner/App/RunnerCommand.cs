using System.CommandLine;
using System.Runtime.InteropServices;
using Signalbox.Runner.Configuration;
using Signalbox.Runner.Policies;
using Signalbox.Settings;

namespace Signalbox.Runner.App;

/// <summary>The command line of <c>cicd-runner</c>.</summary>
internal static class RunnerCommand
{
    public static RootCommand Create() => Create(CommandLine.Of([]));

    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var line = CommandLine.Of(arguments);
        var parsed = Create(line).Parse(line.Options, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            await line.SayAsync([.. parsed.Errors.Select(static error => error.Message), "Run the command with --help to see what it takes."]);
            return ExitCodes.WrongUse;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (SettingsException exception)
        {
            await line.SayAsync([$"The configuration does not hold ({exception.Errors.Count} found):", .. exception.Errors.Select(static error => $"  {error}")]);
            return ExitCodes.BadConfiguration;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nobody reads the output, its disk is full, or the working folder is gone.
            await line.SayAsync([exception.Message]);
            return ExitCodes.Failed;
        }
    }

    private static RootCommand Create(CommandLine line)
    {
        var flags = new RunnerFlags();
        var run = new RunCommand(flags, line);
        var metrics = MetricsOption.Create();
        var root = new RootCommand("cicd-runner: keeps a command of CI, or an AI agent, within its limits, and writes down what it did.")
        {
            run.Create(),
            ReplayCommand.Create(),
            HookCommand.Create(),
            UploadCommand.Create(flags),
            ConfigCommand.Create(flags),
            CreateVersion(),
        };
        root.Options.Add(metrics);
        flags.AddTo(root);
        run.AddTo(root);
        root.Validators.Add(result =>
        {
            if (result.GetValue(metrics) && line.Words.Count > 0)
            {
                result.AddError("--metrics prints metrics and runs nothing; leave the command out, or --metrics.");
            }
        });
        root.SetAction((parsed, _) => parsed.GetValue(metrics) ? MetricsOption.PrintAsync(flags, parsed) : run.RunAsync(parsed));
        return root;
    }

    private static Command CreateVersion()
    {
        var command = new Command("version", "Print version, runtime and platform.");
        command.SetAction(static _ => Console.Out.WriteLine($"cicd-runner {ProductVersion.Text} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})"));
        return command;
    }
}
