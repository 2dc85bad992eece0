using Signalbox.PromQL;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Storage;

namespace Signalbox.Server.Query;

/// <summary>Says in the API's terms what an exception of engine or store means.</summary>
internal static class QueryFaults
{
    public static QueryFault Of(Exception exception) => exception switch
    {
        PromQLParseException parse => QueryFault.InvalidParameter("query", parse.Message),
        PromQLTimeoutException timeout => QueryFault.Timeout(timeout.Message),
        PromQLExecutionException execution => QueryFault.Execution(execution.Message),
        MetricQueryLimitException limit => QueryFault.Execution(limit.Message),
        MetricStoreUnavailableException unavailable => QueryFault.Unavailable(unavailable.Message),
        IOException storage => QueryFault.Internal($"the store cannot be read: {storage.Message}"),
        _ => QueryFault.Internal("the query failed inside the server; its log says why"),
    };
}
