using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Signalbox.Telemetry.Wire;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Writes attribute values into the text of a request in the form that a label takes: strings as they are, lists and maps as JSON.</summary>
internal sealed class OtlpValueText(OtlpMetricsData data)
{
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _json = new(256);

    /// <exception cref="WireFormatException">The text is not valid UTF-8.</exception>
    public OtlpSlice String(ReadOnlySpan<byte> value) =>
        Utf8.IsValid(value) ? data.AddText(value) : throw new WireFormatException("The OTLP request has a string that is not valid UTF-8.");

    public OtlpSlice Boolean(bool value) => data.AddText(value ? "true"u8 : "false"u8);

    public OtlpSlice Integer(long value)
    {
        Utf8Formatter.TryFormat(value, data.TextSpan(20), out var written);
        return data.TakeText(written);
    }

    public OtlpSlice Double(double value) => data.AddText(Encoding.UTF8.GetBytes(OtlpNumberText.Attribute(value)));

    public OtlpSlice Bytes(ReadOnlySpan<byte> value)
    {
        Base64.EncodeToUtf8(value, data.TextSpan(Base64.GetMaxEncodedToUtf8Length(value.Length)), out _, out var written);
        return data.TakeText(written);
    }

    /// <summary>Starts a value that is written as JSON.</summary>
    public Utf8JsonWriter BeginJson()
    {
        _json.ResetWrittenCount();
        return new Utf8JsonWriter(_json, JsonOptions);
    }

    /// <summary>Keeps what <see cref="BeginJson"/>'s writer wrote, and disposes it.</summary>
    public OtlpSlice EndJson(Utf8JsonWriter writer)
    {
        writer.Dispose();
        return data.AddText(_json.WrittenSpan);
    }

    /// <summary>A double as a JSON value; what JSON cannot say becomes a string.</summary>
    public static void WriteDouble(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteRawValue(OtlpNumberText.Attribute(value), skipInputValidation: true);
        }
        else
        {
            writer.WriteStringValue(OtlpNumberText.Plain(value));
        }
    }
}
