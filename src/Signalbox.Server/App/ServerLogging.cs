using Signalbox.Sdk.Logging;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Server.App;

/// <summary>Sends the server's log to stderr in the form that was asked for.</summary>
internal static class ServerLogging
{
    /// <summary>The host's "hosting failed to start", which the command tells its user in one sentence.</summary>
    private const int HostStartFailed = 11;

    public static void Configure(WebApplicationBuilder builder, LogOptions options)
    {
        var terminal = !Console.IsErrorRedirected;
        builder.Logging.AddSignalboxLines(new LogLineOptions
        {
            Output = Console.Error,
            Format = options.Format == "text" || (options.Format == "auto" && terminal) ? LogLineFormat.Text : LogLineFormat.Json,
            Colour = terminal,
            MinimumLevel = options.Level,
            Redactor = Redactor.Default,
            Ignore = static (category, id) => id.Id == HostStartFailed && category == "Microsoft.Extensions.Hosting.Internal.Host",
        });

        // The framework tells every request and every connection; the house logs what matters of them itself.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
    }
}
