using System.Globalization;
using System.Text.Json;

namespace Signalbox.Runner.Tracing;

/// <summary>Writes spans and their attributes in OTLP's JSON.</summary>
/// <remarks>Source: https://github.com/open-telemetry/opentelemetry-proto/blob/v1.8.0/opentelemetry/proto/trace/v1/trace.proto</remarks>
internal sealed class SpanWriter(Utf8JsonWriter json)
{
    public const int Internal = 1;
    public const int Server = 2;
    public const int Client = 3;

    private const int Error = 2;

    public void Begin(string traceId, string spanId, string? parentSpanId, string name, int kind)
    {
        json.WriteStartObject();
        json.WriteString("traceId"u8, traceId);
        json.WriteString("spanId"u8, spanId);
        if (parentSpanId is not null)
        {
            json.WriteString("parentSpanId"u8, parentSpanId);
        }

        json.WriteString("name"u8, name);
        json.WriteNumber("kind"u8, kind);
    }

    /// <param name="end">Not before <paramref name="start"/>: a clock that was set back must not make a span of negative length.</param>
    public void Times(DateTimeOffset start, DateTimeOffset end)
    {
        json.WriteString("startTimeUnixNano"u8, Nanoseconds(start));
        json.WriteString("endTimeUnixNano"u8, Nanoseconds(end < start ? start : end));
        json.WriteStartArray("attributes"u8);
    }

    public void End(bool failed, string? message)
    {
        json.WriteEndArray();
        json.WriteStartObject("status"u8);
        if (failed)
        {
            json.WriteNumber("code"u8, Error);
            if (!string.IsNullOrEmpty(message))
            {
                json.WriteString("message"u8, message);
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    public void Attribute(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Open(name);
            json.WriteString("stringValue"u8, value);
            Close();
        }
    }

    public void Attribute(string name, long? value)
    {
        if (value is { } number)
        {
            // 64-bit numbers are texts in the JSON of protobuf.
            Open(name);
            json.WriteString("intValue"u8, number.ToString(CultureInfo.InvariantCulture));
            Close();
        }
    }

    public void Attribute(string name, double? value)
    {
        if (value is { } number)
        {
            Open(name);
            json.WriteNumber("doubleValue"u8, number);
            Close();
        }
    }

    public void Attribute(string name, bool value)
    {
        Open(name);
        json.WriteBoolean("boolValue"u8, value);
        Close();
    }

    public void Attribute(string name, IEnumerable<string> values)
    {
        Open(name);
        json.WriteStartObject("arrayValue"u8);
        json.WriteStartArray("values"u8);
        foreach (var value in values)
        {
            json.WriteStartObject();
            json.WriteString("stringValue"u8, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        Close();
    }

    private static string Nanoseconds(DateTimeOffset time) => (time.ToUnixTimeMilliseconds() * 1_000_000L).ToString(CultureInfo.InvariantCulture);

    private void Open(string name)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, name);
        json.WriteStartObject("value"u8);
    }

    private void Close()
    {
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
