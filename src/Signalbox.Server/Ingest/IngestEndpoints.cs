using Microsoft.AspNetCore.Http.HttpResults;
using Signalbox.Server.Ingest.Intake;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Http;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Ingest;

/// <summary>What the console asks about what comes in.</summary>
internal static class IngestEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1");
        api.MapGet("/ingest/sources", Sources).WithName("listIngestSources").WithSummary("Who sends samples to this tenant.").WithTags("Ingest");
        api.MapGet("/limits", Limits).WithName("listLimits").WithSummary("The bounds on what comes in, and their use.").WithTags("System");
        api.MapGet("/system", SystemNow).WithName("getSystem").WithSummary("How the process is doing.").WithTags("System");
    }

    private static Ok<IngestSourceList> Sources(HttpContext context, SourceTable sources) =>
        TypedResults.Ok(new IngestSourceList([.. sources.Of(context.Principal().Tenant).Select(ToItem)]));

    private static Results<Ok<LimitList>, ProblemHttpResult> Limits(HttpContext context, LimitReport report)
    {
        try
        {
            return TypedResults.Ok(new LimitList(report.For(context.Principal())));
        }
        catch (MetricStoreUnavailableException exception)
        {
            return Unavailable(exception);
        }
    }

    private static Results<Ok<SystemStatus>, ProblemHttpResult> SystemNow(HttpContext context, SystemReport report)
    {
        try
        {
            return TypedResults.Ok(report.For(context.Principal()));
        }
        catch (MetricStoreUnavailableException exception)
        {
            return Unavailable(exception);
        }
    }

    private static ProblemHttpResult Unavailable(MetricStoreUnavailableException exception) =>
        Problems.Of(StatusCodes.Status503ServiceUnavailable, "metric_store_unavailable", "Not ready", exception.Message);

    private static IngestSourceItem ToItem(SourceReport report) => new(
        SourceKinds.NameOf(report.Source.Kind),
        report.Source.Name,
        report.Source.Address,
        report.Source.Principal,
        report.LastSeenAt,
        Math.Round(report.SamplesPerSecond, 3),
        report.Accepted,
        report.Rejected,
        report.LastError,
        report.Up);
}
