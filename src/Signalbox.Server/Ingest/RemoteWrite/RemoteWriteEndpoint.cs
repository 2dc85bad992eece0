using System.Globalization;
using Signalbox.Server.Platform.Access;

using Signalbox.Server.Platform.Audit;
namespace Signalbox.Server.Ingest.RemoteWrite;

/// <summary>Remote write over HTTP.</summary>
internal static class RemoteWriteEndpoint
{
    public const string Path = "/prometheus/api/v1/write";

    public static void MapRemoteWrite(this IEndpointRouteBuilder endpoints) => endpoints.MapPost(Path, Receive)
        .WithName("remoteWrite")
        .WithSummary("Takes samples by Prometheus remote write 1.0 or 2.0, compressed with snappy.")
        .WithTags("Ingest")
        .Produces(StatusCodes.Status204NoContent)
        .Produces<string>(StatusCodes.Status400BadRequest, "text/plain")
        .Produces<string>(StatusCodes.Status413PayloadTooLarge, "text/plain")
        .Produces<string>(StatusCodes.Status415UnsupportedMediaType, "text/plain")
        .Produces<string>(StatusCodes.Status503ServiceUnavailable, "text/plain").AuditedInSummary(IngestVocabulary.MetricsWrite, IngestVocabulary.Telemetry);

    private static async Task<IResult> Receive(HttpContext context, RemoteWriteReceiver receiver)
    {
        var reply = await receiver.ReceiveAsync(context.Request, context.Principal(), context.RequestAborted);
        var headers = context.Response.Headers;
        headers["X-Prometheus-Remote-Write-Samples-Written"] = reply.SamplesWritten.ToString(CultureInfo.InvariantCulture);
        headers["X-Prometheus-Remote-Write-Histograms-Written"] = reply.HistogramsWritten.ToString(CultureInfo.InvariantCulture);
        headers["X-Prometheus-Remote-Write-Exemplars-Written"] = "0";
        if (reply.RetryAfter is { } after)
        {
            headers.RetryAfter = ((int)after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return reply.Text is null ? TypedResults.StatusCode(reply.Status) : TypedResults.Text(reply.Text + "\n", "text/plain; charset=utf-8", statusCode: reply.Status);
    }
}
