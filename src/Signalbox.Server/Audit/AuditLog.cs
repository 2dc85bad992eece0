namespace Signalbox.Server.Audit;

/// <summary>What the audit log logs.</summary>
internal static partial class AuditLog
{
    [LoggerMessage(1, LogLevel.Error, "Audit: {Count} standard events of tenant {Tenant} were dropped ({Reason}); a gap record will say so in the log")]
    public static partial void EventsDropped(this ILogger logger, long count, string tenant, string reason);
}
