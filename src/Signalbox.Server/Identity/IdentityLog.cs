namespace Signalbox.Server.Identity;

/// <summary>What this slice logs.</summary>
internal static partial class IdentityLog
{
    [LoggerMessage(1, LogLevel.Error, "{Method} {Pattern} has no line in the access table and was refused")]
    public static partial void EndpointWithoutRule(this ILogger logger, string method, string pattern);

    [LoggerMessage(2, LogLevel.Information, "First start: created tenant {Tenant} and user {User}, and wrote an admin token to {File}")]
    public static partial void FirstStart(this ILogger logger, string tenant, string user, string file);

    [LoggerMessage(3, LogLevel.Error, "When tokens were last used could not be written; it is tried again")]
    public static partial void TokenUseNotWritten(this ILogger logger, Exception exception);

    [LoggerMessage(4, LogLevel.Error, "Ended sessions could not be deleted; it is tried again in an hour")]
    public static partial void SessionsNotSwept(this ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Error, "The identity provider's keys at {Address} cannot be read")]
    public static partial void KeysUnavailable(this ILogger logger, Uri address, Exception exception);

    [LoggerMessage(6, LogLevel.Information, "A token of the identity provider was refused: {Reason}")]
    public static partial void JwtRefused(this ILogger logger, string reason);

    [LoggerMessage(7, LogLevel.Warning, "When a session was last used could not be written; its next request tries again")]
    public static partial void SessionUseNotWritten(this ILogger logger, Exception exception);

    [LoggerMessage(8, LogLevel.Error, "The tenants could not be read again; it is tried again in two seconds")]
    public static partial void TenantsNotRead(this ILogger logger, Exception exception);
}
