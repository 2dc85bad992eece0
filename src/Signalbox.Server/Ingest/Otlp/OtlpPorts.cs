using Signalbox.Server.Platform.Http;
using Signalbox.Telemetry.Wire;

namespace Signalbox.Server.Ingest.Otlp;

/// <summary>Keeps the two OTLP ports to OTLP alone, keeps gRPC to HTTP/2, and has OTLP requests refused in OTLP's own form.</summary>
internal static class OtlpPorts
{
    private static readonly OtlpHttpReply HttpForm = new();
    private static readonly OtlpGrpcReply GrpcForm = new();

    /// <summary>Must come before anything that answers by path.</summary>
    public static void UseOtlpPorts(this IApplicationBuilder application) => application.Use(PassAsync);

    private static Task PassAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        switch (context.Features.Get<ListenerFeature>()?.Listener)
        {
            case Listener.OtlpHttp when OtlpPaths.FromOwnPort(request.Path) is { } path:
                request.Path = path;
                break;
            case Listener.OtlpHttp:
                return OtlpHttpReply.WriteAsync(context, StatusCodes.Status404NotFound, new RpcStatus(RpcCode.Unimplemented, $"There is no {request.Path} here; OTLP over HTTP has /v1/metrics."));
            case Listener.OtlpGrpc when !OtlpPaths.IsGrpc(request.Path):
                return OtlpGrpcReply.WriteAsync(context, new RpcStatus(RpcCode.Unimplemented, $"There is no method {request.Path}; OTLP over gRPC has {OtlpPaths.GrpcMetrics}."));
            case not Listener.OtlpGrpc when OtlpPaths.IsGrpc(request.Path) && !context.Response.SupportsTrailers():
                return Problems.Of(StatusCodes.Status404NotFound, "grpc_needs_http2", "Not found", "OTLP over gRPC needs HTTP/2, which its own port speaks.").ExecuteAsync(context);
        }

        if (OtlpPaths.IsGrpc(request.Path))
        {
            context.Features.Set<IRefusalForm>(GrpcForm);
        }
        else if (OtlpPaths.IsHttp(request.Path))
        {
            context.Features.Set<IRefusalForm>(HttpForm);
        }

        return next(context);
    }
}
