namespace Signalbox.Server.Ingest.Otlp;

/// <summary>The paths of OTLP.</summary>
internal static class OtlpPaths
{
    public const string HttpMetrics = "/otlp/v1/metrics";
    public const string HttpLogs = "/otlp/v1/logs";
    public const string HttpTraces = "/otlp/v1/traces";
    public const string GrpcMetrics = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
    public const string GrpcLogs = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
    public const string GrpcTraces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    /// <summary>What senders of the other signals are told.</summary>
    public const string NotTakenIn = "Signalbox takes in metrics; logs and traces are not taken in by this version. Turn their exporters off, or send them elsewhere.";

    private const string HttpPrefix = "/otlp";

    public static bool IsHttp(PathString path) => path.StartsWithSegments(HttpPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>As the router sees it: in any case, with or without a slash at the end.</summary>
    public static bool IsGrpc(PathString path)
    {
        var text = path.Value.AsSpan().TrimEnd('/');
        return text.Equals(GrpcMetrics, StringComparison.OrdinalIgnoreCase) || text.Equals(GrpcLogs, StringComparison.OrdinalIgnoreCase) || text.Equals(GrpcTraces, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The path on the main address for one on the port that serves OTLP alone; null when that has no such path.</summary>
    public static string? FromOwnPort(PathString path) => path.Value switch
    {
        "/v1/metrics" => HttpMetrics,
        "/v1/logs" => HttpLogs,
        "/v1/traces" => HttpTraces,
        _ => null,
    };
}
