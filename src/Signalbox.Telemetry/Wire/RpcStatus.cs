using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Signalbox.Telemetry.Wire;

/// <summary>The message <c>google.rpc.Status</c>, in which OTLP answers errors.</summary>
/// <param name="Message">One sentence for the sender's operator.</param>
/// <param name="RetryDelay">When set, the sender may try again after this time; it travels as <c>google.rpc.RetryInfo</c>.</param>
/// <remarks>
/// Status: 1 code, 2 message, 3 details {1 type URL, 2 value}. RetryInfo: 1 delay {1 seconds, 2 nanoseconds}.
/// Source: https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto
/// </remarks>
public sealed record RpcStatus(RpcCode Code, string Message, TimeSpan? RetryDelay = null)
{
    private const string RetryInfoType = "type.googleapis.com/google.rpc.RetryInfo";

    public byte[] ToProtobuf()
    {
        var writer = new ProtobufWriter();
        writer.WriteVarint(1, (ulong)Code);
        writer.WriteString(2, Message);
        if (RetryDelay is { } delay)
        {
            writer.BeginMessage(3);
            writer.WriteString(1, RetryInfoType);
            writer.BeginMessage(2);
            writer.BeginMessage(1);
            writer.WriteInt64(1, delay.Ticks / TimeSpan.TicksPerSecond);
            writer.WriteInt64(2, delay.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
            writer.EndMessage();
            writer.EndMessage();
            writer.EndMessage();
        }

        return writer.ToArray();
    }

    public byte[] ToJson()
    {
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteNumber("code"u8, (int)Code);
        json.WriteString("message"u8, Message);
        if (RetryDelay is { } delay)
        {
            json.WriteStartArray("details"u8);
            json.WriteStartObject();
            json.WriteString("@type"u8, RetryInfoType);
            json.WriteString("retryDelay"u8, string.Create(CultureInfo.InvariantCulture, $"{delay.TotalSeconds:0.#########}s"));
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }
}
