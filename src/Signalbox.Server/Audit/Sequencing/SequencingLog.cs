namespace Signalbox.Server.Audit.Sequencing;

/// <summary>What the way into the audit log logs.</summary>
internal static partial class SequencingLog
{
    [LoggerMessage(41, LogLevel.Error, "Audit: events of tenant {Tenant} are being dropped ({Reason}); they are counted, and a gap record in the log will say how many")]
    public static partial void EventsBeingDropped(this ILogger logger, string tenant, string reason);

    [LoggerMessage(42, LogLevel.Error, "Audit: an event of tenant {Tenant}, {Action}, could not be made into a record; a gap record takes its place")]
    public static partial void RecordNotMade(this ILogger logger, Exception exception, string tenant, string action);

    [LoggerMessage(43, LogLevel.Error, "Audit: the log cannot be written; events wait in memory and in the outbox")]
    public static partial void LogUnavailable(this ILogger logger, Exception exception);

    [LoggerMessage(44, LogLevel.Information, "Audit: the log can be written again")]
    public static partial void LogAvailable(this ILogger logger);

    [LoggerMessage(45, LogLevel.Critical, "Audit: nothing can be added to the log of tenant {Tenant}; its mandatory events stay in the outbox, its standard ones are dropped and counted")]
    public static partial void LogGivenUp(this ILogger logger, Exception exception, string tenant);

    [LoggerMessage(47, LogLevel.Error, "Audit: the outbox cannot be read or emptied; its events enter the log once it can")]
    public static partial void OutboxUnavailable(this ILogger logger, Exception exception);

    [LoggerMessage(48, LogLevel.Error, "Audit: {File} cannot be read, so the number of events that the last process lost is not known")]
    public static partial void LossesUnreadable(this ILogger logger, Exception exception, string file);

    [LoggerMessage(49, LogLevel.Error, "Audit: {File} cannot be written, so only these lines tell how many events were lost")]
    public static partial void LossesNotSaved(this ILogger logger, Exception exception, string file);
}
