namespace Signalbox.Server.Platform.Leases;

/// <summary>What leases log.</summary>
internal static partial class LeaseLog
{
    [LoggerMessage(1, LogLevel.Warning, "The lease {Name} with token {Token} is lost: {Reason}")]
    public static partial void Lost(this ILogger logger, LeaseName name, long token, string reason);

    [LoggerMessage(2, LogLevel.Warning, "The lease {Name} could not be renewed; it lasts {Remaining} more, and it is tried again")]
    public static partial void NotRenewed(this ILogger logger, LeaseName name, TimeSpan remaining, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "The lease {Name} could not be given back; it ends by itself within {TimeToLive}")]
    public static partial void NotReleased(this ILogger logger, LeaseName name, TimeSpan timeToLive, Exception exception);

    [LoggerMessage(4, LogLevel.Error, "Something that was to happen when the lease {Name} was lost has failed")]
    public static partial void LostCallbackFailed(this ILogger logger, LeaseName name, Exception exception);

    [LoggerMessage(5, LogLevel.Error, "Names of leases that nobody uses could not be deleted; it is tried again in an hour")]
    public static partial void NotCleaned(this ILogger logger, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "Tokens of leases are lifted to epoch {Epoch}: {Provider} is new, was started again or has lost its count")]
    public static partial void Lifted(this ILogger logger, string provider, long epoch);

    [LoggerMessage(7, LogLevel.Warning, "The connection to Redis is lost ({Failure}); leases are unavailable until it is back")]
    public static partial void RedisLost(this ILogger logger, string failure, Exception? exception);

    [LoggerMessage(8, LogLevel.Information, "The connection to Redis is back")]
    public static partial void RedisRestored(this ILogger logger);

    [LoggerMessage(9, LogLevel.Warning, "Redis at {Address} cannot be reached; leases are unavailable until it can")]
    public static partial void RedisAway(this ILogger logger, string address);

    [LoggerMessage(10, LogLevel.Warning, "etcd at {Endpoint} does not answer; the next endpoint is asked")]
    public static partial void EtcdAway(this ILogger logger, Uri endpoint, Exception exception);
}
