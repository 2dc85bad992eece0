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
}
