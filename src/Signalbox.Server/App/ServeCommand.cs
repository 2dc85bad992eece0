using System.CommandLine;
using System.Net;
using Signalbox.Server.Identity.Sessions;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Http;
using Signalbox.Settings;

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
        var address = server.AddressOf(Listener.Main)!;
        await Console.Out.WriteLineAsync($"Signalbox {ProductVersion.Text} listens on {address}");
        if (server.Services.GetRequiredService<StartLink>().Link is { } link)
        {
            await Console.Out.WriteLineAsync($"Nobody has a password yet. Sign in once, within {DurationText.Format(options.Identity.SignIn.LinkLife)}, at {new Uri(Reachable(address), link.Path)}");
        }

        await server.WaitForShutdownAsync(cancellationToken);
        return ExitCodes.Done;
    }

    /// <summary>An address that listens everywhere is none that a browser can open.</summary>
    private static Uri Reachable(Uri address) => IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
        ? new UriBuilder(address) { Host = "127.0.0.1" }.Uri
        : address;
}
