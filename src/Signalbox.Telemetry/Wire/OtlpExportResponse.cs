using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Signalbox.Telemetry.Wire;

/// <summary>The answer to an OTLP export request: empty on full success, with a partial success otherwise.</summary>
/// <param name="Rejected">Data points, log records or spans that were not taken.</param>
/// <param name="Message">Why; with no rejections it is a warning. Null or empty means nothing to say.</param>
/// <remarks>
/// Response: 1 partial success {1 rejected, 2 error message}; the sender must not send the request again.
/// Source: https://github.com/open-telemetry/opentelemetry-proto/blob/v1.8.0/docs/specification.md#partial-success
/// </remarks>
public sealed record OtlpExportResponse(OtlpSignal Signal, long Rejected, string? Message)
{
    private bool IsFullSuccess => Rejected == 0 && string.IsNullOrEmpty(Message);

    public static OtlpExportResponse Success(OtlpSignal signal) => new(signal, 0, null);

    public byte[] ToProtobuf()
    {
        var writer = new ProtobufWriter();
        if (!IsFullSuccess)
        {
            writer.BeginMessage(1);
            writer.WriteInt64(1, Rejected);
            writer.WriteString(2, Message ?? string.Empty);
            writer.EndMessage();
        }

        return writer.ToArray();
    }

    public byte[] ToJson()
    {
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        if (!IsFullSuccess)
        {
            json.WriteStartObject("partialSuccess"u8);

            // 64-bit integers are strings in protobuf's JSON.
            json.WriteString(RejectedName(), Rejected.ToString(CultureInfo.InvariantCulture));
            json.WriteString("errorMessage"u8, Message ?? string.Empty);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }

    private string RejectedName() => Signal switch
    {
        OtlpSignal.Logs => "rejectedLogRecords",
        OtlpSignal.Traces => "rejectedSpans",
        _ => "rejectedDataPoints",
    };
}
