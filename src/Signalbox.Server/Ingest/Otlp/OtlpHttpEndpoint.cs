using Signalbox.Server.Ingest.Intake;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Telemetry.Wire;

namespace Signalbox.Server.Ingest.Otlp;

/// <summary>OTLP over HTTP: protobuf or JSON, plain or compressed.</summary>
internal static class OtlpHttpEndpoint
{
    public static void MapOtlpHttp(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(OtlpPaths.HttpMetrics, Receive)
            .WithName("otlpMetrics")
            .WithSummary("Takes metrics by OTLP over HTTP, protobuf or JSON, plain or gzip; also at /v1/metrics on the OTLP port.")
            .WithTags("Ingest")
            .Produces(StatusCodes.Status200OK, contentType: OtlpHttpReply.Protobuf)
            .Produces(StatusCodes.Status400BadRequest, contentType: OtlpHttpReply.Protobuf)
            .Produces(StatusCodes.Status413PayloadTooLarge, contentType: OtlpHttpReply.Protobuf)
            .Produces(StatusCodes.Status415UnsupportedMediaType, contentType: OtlpHttpReply.Json)
            .Produces(StatusCodes.Status503ServiceUnavailable, contentType: OtlpHttpReply.Protobuf).AuditedInSummary(IngestVocabulary.MetricsWrite, IngestVocabulary.Telemetry);
        endpoints.MapPost(OtlpPaths.HttpLogs, NotTakenIn).ExcludeFromDescription().AuditedInSummary(IngestVocabulary.LogsWrite, IngestVocabulary.Telemetry);
        endpoints.MapPost(OtlpPaths.HttpTraces, NotTakenIn).ExcludeFromDescription().AuditedInSummary(IngestVocabulary.TracesWrite, IngestVocabulary.Telemetry);
    }

    private static async Task Receive(HttpContext context, OtlpMetricsReceiver receiver)
    {
        var request = context.Request;
        var coding = request.Headers.ContentEncoding.ToString();
        if (OtlpHttpReply.EncodingOf(request.ContentType) is not { } encoding || coding is not ("" or "identity" or "gzip" or "deflate"))
        {
            var text = $"Content-Type '{request.ContentType}' with Content-Encoding '{coding}' is not taken; send {OtlpHttpReply.Protobuf} or {OtlpHttpReply.Json}, plain or with gzip.";
            await OtlpHttpReply.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, new RpcStatus(RpcCode.InvalidArgument, text));
            return;
        }

        var sender = new OtlpSender(SourceKind.OtlpHttp, encoding, context.Principal(), RequestBody.AddressOf(context));
        var outcome = await receiver.ReceiveAsync(sender, (maxBytes, cancellationToken) => ReadAsync(request, coding, maxBytes, cancellationToken), context.RequestAborted);
        await (outcome switch
        {
            OtlpOutcome.Taken taken => OtlpHttpReply.WriteAsync(context, new OtlpExportResponse(OtlpSignal.Metrics, taken.RejectedPoints, taken.Message)),
            OtlpOutcome.TooLarge => OtlpHttpReply.WriteAsync(context, StatusCodes.Status413PayloadTooLarge, outcome.Error!),
            OtlpOutcome.ComeBack => OtlpHttpReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, outcome.Error!),
            _ => OtlpHttpReply.WriteAsync(context, StatusCodes.Status400BadRequest, outcome.Error!),
        });
    }

    private static async ValueTask<PooledBytes> ReadAsync(HttpRequest request, string coding, int maxBytes, CancellationToken cancellationToken)
    {
        var body = await RequestBody.ReadAsync(request, maxBytes, cancellationToken);
        if (coding is not ("gzip" or "deflate"))
        {
            return body;
        }

        using (body)
        {
            return coding == "gzip" ? BoundedDecompression.Gunzip(body.Memory, maxBytes) : BoundedDecompression.Inflate(body.Memory, maxBytes);
        }
    }

    private static Task NotTakenIn(HttpContext context) =>
        OtlpHttpReply.WriteAsync(context, StatusCodes.Status404NotFound, new RpcStatus(RpcCode.Unimplemented, OtlpPaths.NotTakenIn));
}
