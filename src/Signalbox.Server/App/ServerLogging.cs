namespace Signalbox.Server.App;

/// <summary>Sends the server's log to stderr in the form that was asked for.</summary>
internal static class ServerLogging
{
    public static void Configure(WebApplicationBuilder builder, LogOptions options) =>
        builder.Logging.SetMinimumLevel(options.Level).AddFilter("Microsoft", LogLevel.Warning).AddSimpleConsole();
}
