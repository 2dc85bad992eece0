using System.Globalization;
using Signalbox.Server.Platform.Http;
using Signalbox.Telemetry.Wire;

namespace Signalbox.Server.Ingest.Otlp;

/// <summary>Answers OTLP over HTTP in the request's own encoding; errors are a <c>google.rpc.Status</c>.</summary>
internal sealed class OtlpHttpReply : IRefusalForm
{
    public const string Protobuf = "application/x-protobuf";
    public const string Json = "application/json";

    /// <summary>The encoding that a request names; null for any other media type.</summary>
    public static OtlpEncoding? EncodingOf(string? contentType)
    {
        var type = (contentType ?? string.Empty).Split(';', 2)[0].Trim();
        return type.Equals(Protobuf, StringComparison.OrdinalIgnoreCase) ? OtlpEncoding.Protobuf : type.Equals(Json, StringComparison.OrdinalIgnoreCase) ? OtlpEncoding.Json : null;
    }

    public static Task WriteAsync(HttpContext context, OtlpExportResponse response)
    {
        var json = EncodingOf(context.Request.ContentType) == OtlpEncoding.Json;
        return WriteAsync(context, StatusCodes.Status200OK, json ? Json : Protobuf, json ? response.ToJson() : response.ToProtobuf());
    }

    public static Task WriteAsync(HttpContext context, int httpStatus, RpcStatus status)
    {
        if (status.RetryDelay is { } delay)
        {
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        var json = EncodingOf(context.Request.ContentType) != OtlpEncoding.Protobuf;
        return WriteAsync(context, httpStatus, json ? Json : Protobuf, json ? status.ToJson() : status.ToProtobuf());
    }

    public Task RefuseAsync(HttpContext context, int status, string code, string detail) =>
        WriteAsync(context, status, new RpcStatus(status == StatusCodes.Status401Unauthorized ? RpcCode.Unauthenticated : RpcCode.PermissionDenied, $"{detail} ({code})"));

    private static async Task WriteAsync(HttpContext context, int status, string type, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
