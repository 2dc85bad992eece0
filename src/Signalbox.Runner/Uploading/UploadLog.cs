using Microsoft.Extensions.Logging;

namespace Signalbox.Runner.Uploading;

/// <summary>Log lines about sending runs to a server.</summary>
internal static partial class UploadLog
{
    [LoggerMessage(EventId = 450, Level = LogLevel.Information, Message = "{Server} has the run {Run}")]
    public static partial void Sent(this ILogger logger, string server, string run);

    [LoggerMessage(EventId = 451, Level = LogLevel.Warning, Message = "{Server} has the run {Run}, but not all of it: {Detail}")]
    public static partial void SentInPart(this ILogger logger, string server, string run, string detail);

    [LoggerMessage(EventId = 452, Level = LogLevel.Warning, Message = "{Server} does not have the whole run {Run} yet; the next run sends the rest, and so does cicd-runner upload: {Detail}")]
    public static partial void NotSentYet(this ILogger logger, string server, string run, string detail);

    [LoggerMessage(EventId = 453, Level = LogLevel.Warning, Message = "{Server} does not take the run {Run}: {Detail}")]
    public static partial void Refused(this ILogger logger, string server, string run, string detail);

    [LoggerMessage(EventId = 454, Level = LogLevel.Warning, Message = "Runs and the token for the server go to {Host} unprotected; use https")]
    public static partial void Unprotected(this ILogger logger, string host);

    [LoggerMessage(EventId = 455, Level = LogLevel.Debug, Message = "Sending is tried again in {Seconds:0.0} s: {Failure}")]
    public static partial void TryingAgain(this ILogger logger, string failure, double seconds);

    [LoggerMessage(EventId = 456, Level = LogLevel.Warning, Message = "How far the run {Run} was sent could not be written down: {Reason}")]
    public static partial void MarkNotWritten(this ILogger logger, string run, string reason);
}
