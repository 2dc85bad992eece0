namespace Signalbox.Server.Audit;

/// <summary>What the audit log logs.</summary>
internal static partial class AuditLog
{
    [LoggerMessage(1, LogLevel.Error, "Audit: {Count} events of tenant {Tenant} were dropped ({Reason}); a gap record in the log says so as soon as it can be written")]
    public static partial void EventsDropped(this ILogger logger, long count, string tenant, string reason);
}
