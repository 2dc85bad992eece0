using System.CommandLine;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.App;

/// <summary><c>signalbox serve</c>: runs the server until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var flags = new SettingsFlags();
        var command = new Command("serve", "Run the server until SIGTERM or Ctrl+C.");
        flags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(flags, parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(SettingsFlags flags, ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = SignalboxOptions.Read(flags.Open(parsed));
        await using var server = SignalboxServer.Create(options, TimeProvider.System, builder => ServerLogging.Configure(builder, options.Log));
        await server.StartAsync(cancellationToken);
        await Console.Out.WriteLineAsync($"Signalbox {VersionCommand.Version} listens on {server.AddressOf(Listener.Main)}");
        await server.WaitForShutdownAsync(cancellationToken);
        return ExitCodes.Done;
    }
}
