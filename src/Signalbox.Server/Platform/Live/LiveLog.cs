namespace Signalbox.Server.Platform.Live;

/// <summary>What event streams log.</summary>
internal static partial class LiveLog
{
    [LoggerMessage(1, LogLevel.Warning, "Changes for event streams could not be read; the next look tries again")]
    public static partial void PollFailed(this ILogger logger, Exception exception);
}
