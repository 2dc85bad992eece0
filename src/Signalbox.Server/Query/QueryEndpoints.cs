using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Query.Responses;

namespace Signalbox.Server.Query;

/// <summary>The routes of Prometheus's HTTP API.</summary>
/// <remarks>Source: https://prometheus.io/docs/prometheus/latest/querying/api/</remarks>
internal static class QueryEndpoints
{
    private static readonly string[] GetAndPost = [HttpMethods.Get, HttpMethods.Post];
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var prometheus = endpoints.MapGroup("/prometheus").ExcludeFromDescription();
        var api = prometheus.MapGroup("/api/v1").AuditedInSummary(QueryVocabulary.MetricsQuery, QueryVocabulary.Metrics);
        api.MapMethods("/query", GetAndPost, static (HttpContext context, ExpressionEndpoints expressions) => expressions.InstantAsync(context));
        api.MapMethods("/query_range", GetAndPost, static (HttpContext context, ExpressionEndpoints expressions) => expressions.RangeAsync(context));
        api.MapMethods("/query_exemplars", GetAndPost, static (HttpContext context, ExpressionEndpoints expressions) => expressions.ExemplarsAsync(context));
        api.MapMethods("/format_query", GetAndPost, static (HttpContext context, ExpressionEndpoints expressions) => expressions.FormatAsync(context));
        api.MapMethods("/series", GetAndPost, static (HttpContext context, SeriesEndpoints series) => series.SeriesAsync(context));
        api.MapMethods("/labels", GetAndPost, static (HttpContext context, SeriesEndpoints series) => series.LabelsAsync(context));
        api.MapGet("/label/{name}/values", static (HttpContext context, SeriesEndpoints series) => series.LabelValuesAsync(context));
        api.MapGet("/metadata", static (HttpContext context, MetadataEndpoint metadata) => metadata.AnswerAsync(context));
        api.MapGet("/targets", static (HttpContext context, TargetsEndpoint targets) => targets.AnswerAsync(context));
        api.MapGet("/status/buildinfo", static (HttpContext context) => BuildInfoEndpoint.AnswerAsync(context));
        api.Map("/{**rest}", static (HttpContext context) => FaultResponse.WriteAsync(context, QueryFault.NotFound("Signalbox has no such endpoint of Prometheus's API")));
        prometheus.MapMethods("/-/healthy", GetAndHead, static () => TypedResults.Text("Signalbox is healthy.\n"));
        prometheus.MapMethods("/-/ready", GetAndHead, static (Readiness readiness) => readiness.Missing is { } missing
            ? TypedResults.Text($"Signalbox is not ready: {missing}.\n", statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Text("Signalbox is ready.\n"));
    }
}
