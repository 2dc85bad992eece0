using System.Globalization;
using System.Text;
using Signalbox.Server.Platform.Http;
using Signalbox.Telemetry.Wire;

namespace Signalbox.Server.Ingest.Otlp;

/// <summary>Answers unary gRPC calls: a framed message, and the status in the trailers.</summary>
/// <remarks>Source: https://github.com/grpc/grpc/blob/v1.66.0/doc/PROTOCOL-HTTP2.md</remarks>
internal sealed class OtlpGrpcReply : IRefusalForm
{
    public const string ContentType = "application/grpc";

    public static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> message)
    {
        Begin(context);
        await context.Response.Body.WriteAsync(GrpcFrame.Write(message.Span), context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    public static Task WriteAsync(HttpContext context, RpcStatus status)
    {
        Begin(context);
        context.Response.AppendTrailer("grpc-status", ((int)status.Code).ToString(CultureInfo.InvariantCulture));
        context.Response.AppendTrailer("grpc-message", Escape(status.Message));
        if (status.RetryDelay is not null)
        {
            // Binary metadata is base64 without padding.
            context.Response.AppendTrailer("grpc-status-details-bin", Convert.ToBase64String(status.ToProtobuf()).TrimEnd('='));
        }

        return context.Response.StartAsync(context.RequestAborted);
    }

    public Task RefuseAsync(HttpContext context, int status, string code, string detail) =>
        WriteAsync(context, new RpcStatus(status == StatusCodes.Status401Unauthorized ? RpcCode.Unauthenticated : RpcCode.PermissionDenied, $"{detail} ({code})"));

    private static void Begin(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = ContentType;
        context.Response.Headers["grpc-accept-encoding"] = "identity,gzip";
    }

    /// <summary>Percent-encodes what is not printable ASCII, as the protocol wants it of messages.</summary>
    private static string Escape(string message)
    {
        var text = new StringBuilder(message.Length);
        foreach (var value in Encoding.UTF8.GetBytes(message))
        {
            _ = value is >= 0x20 and <= 0x7e and not (byte)'%' ? text.Append((char)value) : text.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
        }

        return text.ToString();
    }
}
