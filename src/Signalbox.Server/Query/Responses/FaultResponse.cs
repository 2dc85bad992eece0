using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Signalbox.Server.Query.Responses;

/// <summary>Writes <c>{"status":"error","errorType":…,"error":…}</c> with its status.</summary>
internal static class FaultResponse
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpContext context, QueryFault fault)
    {
        var response = context.Response;
        response.StatusCode = fault.Status;
        response.ContentType = "application/json";
        if (fault.Type == "unavailable")
        {
            response.Headers.RetryAfter = "1";
        }

        var body = new ArrayBufferWriter<byte>(256);
        await using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            json.WriteString("status"u8, "error"u8);
            json.WriteString("errorType"u8, fault.Type);
            json.WriteString("error"u8, fault.Message);
            json.WriteEndObject();
        }

        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory, CancellationToken.None);
    }
}
