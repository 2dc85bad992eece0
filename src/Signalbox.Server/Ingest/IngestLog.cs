namespace Signalbox.Server.Ingest;

/// <summary>What the slice tells its operator.</summary>
internal static partial class IngestLog
{
    [LoggerMessage(1, LogLevel.Warning, "The metric store has a long log to read; the server listens meanwhile, and is ready when the log is read.")]
    public static partial void ReplayGoesOn(ILogger logger);

    [LoggerMessage(2, LogLevel.Critical, "The server stops, because its metric store cannot be opened.")]
    public static partial void StoreCannotBeOpened(ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "The metrics of {Part} of this round were not kept: {Reason}")]
    public static partial void RoundNotKept(ILogger logger, string part, string reason);

    [LoggerMessage(4, LogLevel.Error, "A round of {Part} failed; the next one is tried in time.")]
    public static partial void RoundFailed(ILogger logger, string part, Exception exception);

    [LoggerMessage(5, LogLevel.Information, "This machine is not Linux, so only its clock, memory, drives and network are measured.")]
    public static partial void HostIsNotLinux(ILogger logger);

    [LoggerMessage(6, LogLevel.Warning, "The target file {File} cannot be read; the targets it gave before stay. {Reason}")]
    public static partial void TargetFileUnreadable(ILogger logger, string file, string reason);

    [LoggerMessage(7, LogLevel.Warning, "A target of job {Job} cannot be scraped: {Reason}")]
    public static partial void TargetUnusable(ILogger logger, string job, string reason);

    [LoggerMessage(8, LogLevel.Warning, "Job {Job} has {Count} targets for which there is no room: scrape.max_targets = {Limit}.")]
    public static partial void TargetsLeftOut(ILogger logger, string job, int count, int limit);

    [LoggerMessage(9, LogLevel.Warning, "Samples of {Url} were not kept: {Reason}")]
    public static partial void ScrapeNotKept(ILogger logger, Uri url, string reason);
}
