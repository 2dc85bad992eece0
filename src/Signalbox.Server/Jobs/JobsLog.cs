namespace Signalbox.Server.Jobs;

/// <summary>What the scheduler logs.</summary>
internal static partial class JobsLog
{
    [LoggerMessage(1, LogLevel.Information, "Jobs folder: {Action} {Count} ({Tasks})")]
    public static partial void FilesApplied(this ILogger logger, string action, string tasks, int count);

    [LoggerMessage(2, LogLevel.Warning, "Jobs folder: {File}:{Line}:{Column}: {Problem} The jobs of this file stay as they are")]
    public static partial void FileDoesNotHold(this ILogger logger, string file, int line, int column, string problem);

    [LoggerMessage(3, LogLevel.Warning, "The jobs folder was not applied: {Reason}")]
    public static partial void FilesNotApplied(this ILogger logger, string reason);

    [LoggerMessage(4, LogLevel.Warning, "The jobs folder could not be applied; the next look tries again")]
    public static partial void FilesFailed(this ILogger logger, Exception exception);
}
