using System.Globalization;
using System.Text.Json;

namespace Signalbox.Telemetry.Tests.Metrics.Otlp;

/// <summary>Writes the parts of an <see cref="OtlpSample"/> as OTLP/JSON.</summary>
internal static class OtlpSampleJson
{
    public static void WritePoint(Utf8JsonWriter json, string kind, OtlpSample.Point point)
    {
        WriteAttributes(json, point.Attributes);
        json.WriteString("startTimeUnixNano", point.Start.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("timeUnixNano", point.Time);
        json.WriteNumber("flags", point.Flags);
        json.WriteNull("exemplars");
        if (kind is "gauge" or "sum")
        {
            WriteNumber(json, point);
            return;
        }

        json.WriteString("count", point.Count.ToString(CultureInfo.InvariantCulture));
        if (point.Sum is { } sum)
        {
            WriteDouble(json, "sum", sum);
        }

        switch (kind)
        {
            case "histogram":
                WriteCounts(json, point.Buckets);
                json.WriteStartArray("explicitBounds");
                foreach (var bound in point.Bounds)
                {
                    json.WriteNumberValue(bound);
                }

                json.WriteEndArray();
                break;
            case "exponentialHistogram":
                json.WriteNumber("scale", point.Scale);
                json.WriteNumber("zeroCount", point.ZeroCount);
                json.WriteNumber("zeroThreshold", point.ZeroThreshold);
                WriteBuckets(json, "positive", point.Offset, point.Buckets);
                WriteBuckets(json, "negative", point.NegativeOffset, point.NegativeBuckets);
                break;
            default:
                json.WriteStartArray("quantileValues");
                foreach (var (quantile, value) in point.Quantiles)
                {
                    json.WriteStartObject();
                    WriteDouble(json, "value", value);
                    WriteDouble(json, "quantile", quantile);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                break;
        }
    }

    public static void WriteAttributes(Utf8JsonWriter json, IReadOnlyList<(string Key, object Value)> attributes, string name = "attributes")
    {
        json.WriteStartArray(name);
        foreach (var (key, value) in attributes)
        {
            json.WriteStartObject();
            json.WriteStartObject("value");
            WriteValue(json, value);
            json.WriteEndObject();
            json.WriteString("key", key);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, OtlpSample.Point point)
    {
        if (point.Value is long whole)
        {
            json.WriteString("asInt", whole.ToString(CultureInfo.InvariantCulture));
        }
        else if (point.Value is double number)
        {
            WriteDouble(json, "asDouble", number);
        }
    }

    private static void WriteDouble(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteString(name, double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }
    }

    private static void WriteBuckets(Utf8JsonWriter json, string name, int offset, ulong[] counts)
    {
        json.WriteStartObject(name);
        WriteCounts(json, counts);
        json.WriteNumber("offset", offset);
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, ulong[] counts)
    {
        json.WriteStartArray("bucketCounts");
        for (var index = 0; index < counts.Length; index++)
        {
            if (index % 2 == 0)
            {
                json.WriteStringValue(counts[index].ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                json.WriteNumberValue(counts[index]);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteString("stringValue", text);
                break;
            case bool flag:
                json.WriteBoolean("boolValue", flag);
                break;
            case long whole:
                json.WriteString("intValue", whole.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                WriteDouble(json, "doubleValue", number);
                break;
            case byte[] bytes:
                json.WriteBase64String("bytesValue", bytes);
                break;
            case object[] items:
                json.WriteStartObject("arrayValue");
                json.WriteStartArray("values");
                foreach (var item in items)
                {
                    json.WriteStartObject();
                    WriteValue(json, item);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
                break;
            case (string Key, object Value)[] pairs:
                json.WriteStartObject("kvlistValue");
                WriteAttributes(json, pairs, "values");
                json.WriteEndObject();
                break;
        }
    }
}
