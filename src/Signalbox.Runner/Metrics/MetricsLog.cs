using Microsoft.Extensions.Logging;

namespace Signalbox.Runner.Metrics;

/// <summary>Log lines about telling a run's metrics and spans.</summary>
internal static partial class MetricsLog
{
    [LoggerMessage(EventId = 350, Level = LogLevel.Debug, Message = "{Publisher} has the run")]
    public static partial void Published(this ILogger logger, string publisher);

    [LoggerMessage(EventId = 351, Level = LogLevel.Warning, Message = "{Publisher} has the run, but not all of it: {Detail}")]
    public static partial void PublishedInPart(this ILogger logger, string publisher, string detail);

    [LoggerMessage(EventId = 352, Level = LogLevel.Warning, Message = "{Publisher} does not have the run: {Detail}")]
    public static partial void NotPublished(this ILogger logger, string publisher, string detail);

    [LoggerMessage(EventId = 353, Level = LogLevel.Information, Message = "{Publisher} does not take this kind of message, and nothing more of it is sent there: {Detail}")]
    public static partial void NotSupported(this ILogger logger, string publisher, string detail);

    [LoggerMessage(EventId = 354, Level = LogLevel.Warning, Message = "The metrics file {Path} is not written: {Reason}")]
    public static partial void FileNotWritten(this ILogger logger, string path, string reason);
}
