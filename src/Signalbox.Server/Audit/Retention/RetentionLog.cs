namespace Signalbox.Server.Audit.Retention;

/// <summary>What the deletion of old records logs.</summary>
internal static partial class RetentionLog
{
    [LoggerMessage(50, LogLevel.Information, "Audit: {Count} records of tenant {Tenant} were deleted ({Policy}); their hashes stay")]
    public static partial void Pruned(this ILogger logger, long count, string tenant, string policy);

    [LoggerMessage(51, LogLevel.Error, "Audit: old records of tenant {Tenant} could not be deleted; it is tried again with the next look")]
    public static partial void PruneFailed(this ILogger logger, Exception exception, string tenant);

    [LoggerMessage(52, LogLevel.Error, "Audit: old records could not be looked for; it is tried again with the next look")]
    public static partial void RetentionFailed(this ILogger logger, Exception exception);

    [LoggerMessage(53, LogLevel.Error, "Audit: old cosignatures could not be deleted; it is tried again with the next look")]
    public static partial void CosignaturesNotDeleted(this ILogger logger, Exception exception);
}
