using Signalbox.Sdk.Logging;
using Signalbox.Server.Platform.Redaction;

namespace Signalbox.Server.App;

/// <summary>Sends the server's log to stderr in the form that was asked for.</summary>
internal static class ServerLogging
{
    /// <summary>The host's "hosting failed to start", which the command tells its user in one sentence.</summary>
    private const int HostStartFailed = 11;

    public static void Configure(WebApplicationBuilder builder, LogOptions options)
    {
        var terminal = !Console.IsErrorRedirected;
        builder.Services.AddSingleton<ILoggerProvider>(services => new LogLineProvider(new LogLineOptions
        {
            Output = Console.Error,
            Format = options.Format == "text" || (options.Format == "auto" && terminal) ? LogLineFormat.Text : LogLineFormat.Json,
            Colour = terminal,
            MinimumLevel = options.Level,
            CurrentRedactor = services.GetRequiredService<ServerRedactor>().Get,
            Ignore = static (category, id) => id.Id == HostStartFailed && category == "Microsoft.Extensions.Hosting.Internal.Host",
        }));
        builder.Logging.SetMinimumLevel(options.Level);

        // The framework tells every request and every connection; the house logs what matters of them itself.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
    }
}
