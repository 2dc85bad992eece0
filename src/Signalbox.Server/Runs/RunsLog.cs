namespace Signalbox.Server.Runs;

/// <summary>What the slice Runs logs.</summary>
internal static partial class RunsLog
{
    [LoggerMessage(1, LogLevel.Information, "Deleted {Runs} runs that were older than runs.retention")]
    public static partial void RunsDeleted(this ILogger logger, long runs);

    [LoggerMessage(2, LogLevel.Warning, "Old runs could not be deleted; the next round tries again")]
    public static partial void RetentionFailed(this ILogger logger, Exception exception);
}
