using Microsoft.AspNetCore.Http.HttpResults;
using Signalbox.Server.Ingest.Families;
using Signalbox.Telemetry.Metrics.Exposition;

namespace Signalbox.Server.Ingest.Self;

/// <summary>Gives Signalbox's own metrics to whoever scrapes it.</summary>
internal static class SelfEndpoint
{
    public const string Path = "/metrics";

    public static void MapSelf(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, Write)
        .WithName("ownMetrics")
        .WithSummary("Signalbox's own metrics, in the Prometheus text format or, when asked for, OpenMetrics 1.0.")
        .WithTags("System")
        .Produces<string>(StatusCodes.Status200OK, "text/plain");

    private static FileContentHttpResult Write(HttpContext context, SelfCollection collection)
    {
        var format = ExpositionContentType.Negotiate(context.Request.Headers.Accept.ToString());
        context.Response.Headers.Vary = "Accept";
        return TypedResults.Bytes(FamilyExposition.Write(collection.Collect(), format), ExpositionContentType.Of(format));
    }
}
