using Signalbox.Server.Ingest.Intake;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Http;
using Signalbox.Telemetry.Wire;

namespace Signalbox.Server.Ingest.Otlp;

/// <summary>OTLP over gRPC: unary calls on HTTP/2.</summary>
internal static class OtlpGrpcEndpoint
{
    public static void MapOtlpGrpc(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(OtlpPaths.GrpcMetrics, Receive).ExcludeFromDescription().AuditedInSummary(IngestVocabulary.MetricsWrite, IngestVocabulary.Telemetry);
        endpoints.MapPost(OtlpPaths.GrpcLogs, NotTakenIn).ExcludeFromDescription().AuditedInSummary(IngestVocabulary.LogsWrite, IngestVocabulary.Telemetry);
        endpoints.MapPost(OtlpPaths.GrpcTraces, NotTakenIn).ExcludeFromDescription().AuditedInSummary(IngestVocabulary.TracesWrite, IngestVocabulary.Telemetry);
    }

    private static async Task Receive(HttpContext context, OtlpMetricsReceiver receiver)
    {
        var request = context.Request;
        if (!(request.ContentType ?? string.Empty).StartsWith(OtlpGrpcReply.ContentType, StringComparison.OrdinalIgnoreCase))
        {
            await Problems.Of(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "Not gRPC", $"Content-Type '{request.ContentType}' is not {OtlpGrpcReply.ContentType}.").ExecuteAsync(context);
            return;
        }

        var sender = new OtlpSender(SourceKind.OtlpGrpc, OtlpEncoding.Protobuf, context.Principal(), RequestBody.AddressOf(context));
        var outcome = await receiver.ReceiveAsync(sender, (maxBytes, cancellationToken) => ReadAsync(request, maxBytes, cancellationToken), context.RequestAborted);
        await (outcome is OtlpOutcome.Taken taken
            ? OtlpGrpcReply.WriteAsync(context, new OtlpExportResponse(OtlpSignal.Metrics, taken.RejectedPoints, taken.Message).ToProtobuf())
            : OtlpGrpcReply.WriteAsync(context, outcome.Error!));
    }

    private static async ValueTask<PooledBytes> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        var coding = request.Headers["grpc-encoding"].ToString();
        using var body = await RequestBody.ReadAsync(request, maxBytes + GrpcFrame.PrefixLength, cancellationToken);
        return GrpcFrame.ReadUnary(body.Memory, coding.Length == 0 ? null : coding, maxBytes);
    }

    private static Task NotTakenIn(HttpContext context) => OtlpGrpcReply.WriteAsync(context, new RpcStatus(RpcCode.Unimplemented, OtlpPaths.NotTakenIn));
}
