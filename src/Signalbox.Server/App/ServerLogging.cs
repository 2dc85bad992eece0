using Signalbox.Sdk.Logging;

namespace Signalbox.Server.App;

/// <summary>Sends the server's log to stderr in the form that was asked for.</summary>
internal static class ServerLogging
{
    public static void Configure(WebApplicationBuilder builder, LogOptions options)
    {
        var terminal = !Console.IsErrorRedirected;
        builder.Logging.AddSignalboxLines(new LogLineOptions
        {
            Output = Console.Error,
            Format = options.Format == "text" || (options.Format == "auto" && terminal) ? LogLineFormat.Text : LogLineFormat.Json,
            Colour = terminal,
            MinimumLevel = options.Level,
        });

        // The framework tells every request and every connection; the house logs what matters of them itself.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
    }
}
