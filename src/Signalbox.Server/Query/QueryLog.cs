namespace Signalbox.Server.Query;

/// <summary>What the query slice logs.</summary>
internal static partial class QueryLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Slow query: {Endpoint} took {Seconds:F3} s and ended with {Outcome}; {Tenant}/{Principal} asked {Expression}")]
    public static partial void SlowQuery(ILogger logger, string endpoint, double seconds, string outcome, string tenant, string principal, string expression);

    [LoggerMessage(Level = LogLevel.Error, Message = "A query failed inside the server; {Tenant}/{Principal} asked {Endpoint} {Expression}")]
    public static partial void QueryBroke(ILogger logger, Exception exception, string tenant, string principal, string endpoint, string expression);
}
