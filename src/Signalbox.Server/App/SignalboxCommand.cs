using System.CommandLine;
using Signalbox.Server.Audit.Shell;
using Signalbox.Server.Identity.Shell;
using Signalbox.Server.Jobs.Shell;
using Signalbox.Server.Platform;
using Signalbox.Settings;
using Signalbox.Server.Query.Shell;
using Signalbox.Server.Runs.Shell;

namespace Signalbox.Server.App;

/// <summary>The command line of <c>signalbox</c>.</summary>
internal static class SignalboxCommand
{
    public static RootCommand Create() => new("Signalbox: runs, watches, audits and releases automated work.")
    {
        ServeCommand.Create(),
        QueryCommand.Create(TimeProvider.System),
        JobCommand.Create(TimeProvider.System),
        RunCommand.Create(),
        AuditCommand.Create(TimeProvider.System, AuditPlaces.Read),
        TokenCommand.Create(),
        ConfigCommand.Create(),
        StorageCommand.Create(),
        VersionCommand.Create(),
    };

    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = Create();
        var parsed = root.Parse(arguments);
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
        catch (StartupException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCodes.Failed;
        }
    }
}
