using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Signalbox.Sdk.Logging;

/// <summary>Adds the house's log lines to an application.</summary>
public static class LogLineExtensions
{
    /// <example><code>builder.Logging.AddSignalboxLines(new LogLineOptions { Output = Console.Error });</code></example>
    public static ILoggingBuilder AddSignalboxLines(this ILoggingBuilder logging, LogLineOptions options)
    {
        logging.Services.AddSingleton<ILoggerProvider>(new LogLineProvider(options));
        return logging.SetMinimumLevel(options.MinimumLevel);
    }
}
