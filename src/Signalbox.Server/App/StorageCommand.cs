using System.CommandLine;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Identity.Tenants;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.App;

/// <summary><c>signalbox storage</c>: moves the control plane to the database that <c>storage.control</c> names.</summary>
internal static class StorageCommand
{
    public static Command Create() => new("storage", "Look after where data are kept.") { CreateCopy() };

    private static Command CreateCopy()
    {
        var flags = new SettingsFlags();
        var command = new Command(
            "copy", $"Copy the control plane and the audit log from {ControlDatabase.FileName} and {AuditDatabase.FileName} of the data folder into the new, empty database that {ControlTarget.Key} names. No instance may be running; the files stay as they are.");
        flags.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var copied = await CopyAsync(SignalboxOptions.Read(flags.Open(parsed)), cancellationToken);
            foreach (var table in copied)
            {
                await Console.Out.WriteLineAsync($"{table.Name}: {table.Rows}");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    /// <exception cref="StartupException">There is nothing to copy, or the target is in use or cannot be used.</exception>
    internal static async Task<IReadOnlyList<CopiedTable>> CopyAsync(SignalboxOptions options, CancellationToken cancellationToken)
    {
        if (options.Control.Target.Engine == ControlEngine.Sqlite)
        {
            throw new StartupException($"{ControlTarget.Key} names no other database. Set it to the postgres:// or mysql:// URL to copy to.");
        }

        var file = Path.Combine(options.Host.DataFolder, ControlDatabase.FileName);
        if (!File.Exists(file))
        {
            throw new StartupException($"There is no {file}. Name the data folder to copy from with --data.");
        }

        // The server is put together, for its data folder and its schema, but never started.
        await using var server = SignalboxServer.Create(options, TimeProvider.System, static builder => builder.Logging.ClearProviders());
        await using var from = Open(server.Services, options.Control with { Target = ControlTarget.Sqlite });
        await using var to = Open(server.Services, options.Control);
        if ((await to.ReadAsync(TenantStore.ListAsync, cancellationToken)).Count > 0)
        {
            throw new StartupException($"The database {options.Control.Target} is in use already: it has tenants. Copy into a new, empty one.");
        }

        // The audit log goes in the same transaction: a log without what it tells of, or the other way round, is no copy.
        await using var log = ControlDatabase.OpenBeside(
            AuditDatabase.FileName,
            server.Services.GetRequiredService<DataFolder>(),
            [.. server.Services.GetServices<IMigrationSource>()],
            options.Control with { Target = ControlTarget.Sqlite },
            server.Services.GetRequiredService<ControlMetrics>(),
            server.Services.GetRequiredService<TimeProvider>());
        var copied = await ControlCopy.RunAsync([from, log], to, cancellationToken);
        await CheckAsync(to, cancellationToken);
        return copied;
    }

    /// <exception cref="StartupException">The log in the new database is not the one that was copied.</exception>
    private static Task<bool> CheckAsync(ControlDatabase to, CancellationToken cancellationToken) => to.ReadAsync(
        async session =>
        {
            foreach (var log in await LogRows.ListAsync(session))
            {
                if (await LogCheck.FindFaultAsync(session, log, cancellationToken) is { } fault)
                {
                    throw new StartupException($"The copy of the audit log of tenant {log.Tenant} is not whole: {fault} Check the original with signalbox audit verify, and copy into another empty database.");
                }
            }

            return true;
        },
        cancellationToken);

    private static ControlDatabase Open(IServiceProvider services, ControlOptions options) => ControlDatabase.Open(
        services.GetRequiredService<DataFolder>(),
        [.. services.GetServices<IMigrationSource>()],
        options,
        services.GetRequiredService<ControlMetrics>(),
        services.GetRequiredService<TimeProvider>());
}
