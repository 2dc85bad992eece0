using System.Buffers;
using System.Text.Json;
using Signalbox.Telemetry.Wire;

namespace Signalbox.Telemetry.Tests.Metrics.Otlp;

/// <summary>A metrics request of a test, which can be written as protobuf and as JSON.</summary>
internal sealed record OtlpSample(IReadOnlyList<(string Key, object Value)> Resource, IReadOnlyList<OtlpSample.Metric> Metrics)
{
    public string ScopeName { get; init; } = "scope";

    /// <param name="Kind">gauge, sum, histogram, exponentialHistogram or summary.</param>
    internal sealed record Metric(string Name, string Unit, string Kind, int Temporality, bool Monotonic, IReadOnlyList<Point> Points)
    {
        public int Field => Kind switch { "gauge" => 5, "sum" => 7, "histogram" => 9, "exponentialHistogram" => 10, _ => 11 };
    }

    internal sealed record Point(ulong Time)
    {
        public ulong Start { get; init; }

        public IReadOnlyList<(string Key, object Value)> Attributes { get; init; } = [];

        public uint Flags { get; init; }

        public object? Value { get; init; }

        public ulong Count { get; init; }

        public double? Sum { get; init; }

        public ulong[] Buckets { get; init; } = [];

        public double[] Bounds { get; init; } = [];

        public int Scale { get; init; }

        public ulong ZeroCount { get; init; }

        public double ZeroThreshold { get; init; }

        public int Offset { get; init; }

        public int NegativeOffset { get; init; }

        public ulong[] NegativeBuckets { get; init; } = [];

        public (double Quantile, double Value)[] Quantiles { get; init; } = [];
    }

    public byte[] ToProtobuf()
    {
        var writer = new ProtobufWriter();
        writer.BeginMessage(1);
        writer.BeginMessage(1);
        WriteAttributes(writer, 1, Resource);
        writer.EndMessage();
        writer.BeginMessage(2);
        writer.BeginMessage(1);
        writer.WriteString(1, ScopeName);
        writer.EndMessage();
        foreach (var metric in Metrics)
        {
            writer.BeginMessage(2);
            writer.WriteString(1, metric.Name);
            writer.WriteString(2, "About it.");
            writer.WriteString(3, metric.Unit);
            writer.BeginMessage(metric.Field);
            foreach (var point in metric.Points)
            {
                writer.BeginMessage(1);
                WritePoint(writer, metric.Kind, point);
                writer.EndMessage();
            }

            if (metric.Kind is not ("gauge" or "summary"))
            {
                writer.WriteInt64(2, metric.Temporality);
                if (metric.Kind == "sum")
                {
                    writer.WriteVarint(3, metric.Monotonic ? 1u : 0u);
                }
            }

            writer.EndMessage();
            writer.EndMessage();
        }

        writer.EndMessage();
        writer.EndMessage();
        return writer.ToArray();
    }

    public byte[] ToJson()
    {
        var output = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartArray("resourceMetrics");
        json.WriteStartObject();
        json.WriteStartArray("scopeMetrics");
        json.WriteStartObject();
        json.WriteStartArray("metrics");
        foreach (var metric in Metrics)
        {
            json.WriteStartObject();
            json.WriteStartObject(metric.Kind);
            json.WriteStartArray("dataPoints");
            foreach (var point in metric.Points)
            {
                json.WriteStartObject();
                OtlpSampleJson.WritePoint(json, metric.Kind, point);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("aggregationTemporality", metric.Temporality);
            json.WriteBoolean("isMonotonic", metric.Monotonic);
            json.WriteEndObject();
            json.WriteString("unit", metric.Unit);
            json.WriteString("description", "About it.");
            json.WriteString("name", metric.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("scope");
        json.WriteString("name", ScopeName);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("resource");
        OtlpSampleJson.WriteAttributes(json, Resource);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteNumber("unknownField", 1);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }

    private static void WritePoint(ProtobufWriter writer, string kind, Point point)
    {
        writer.WriteFixed64(2, point.Start);
        writer.WriteFixed64(3, point.Time);
        switch (kind)
        {
            case "histogram":
                writer.WriteFixed64(4, point.Count);
                WriteOptional(writer, 5, point.Sum);
                writer.WriteDoubles(6, [.. point.Buckets.Select(BitConverter.UInt64BitsToDouble)]);
                writer.WriteDoubles(7, point.Bounds);
                WriteAttributes(writer, 9, point.Attributes);
                writer.WriteVarint(10, point.Flags);
                break;
            case "exponentialHistogram":
                WriteAttributes(writer, 1, point.Attributes);
                writer.WriteFixed64(4, point.Count);
                WriteOptional(writer, 5, point.Sum);
                writer.WriteSInt32(6, point.Scale);
                writer.WriteFixed64(7, point.ZeroCount);
                WriteBuckets(writer, 8, point.Offset, point.Buckets);
                WriteBuckets(writer, 9, point.NegativeOffset, point.NegativeBuckets);
                writer.WriteVarint(10, point.Flags);
                writer.WriteDouble(14, point.ZeroThreshold);
                break;
            case "summary":
                writer.WriteFixed64(4, point.Count);
                writer.WriteDouble(5, point.Sum ?? 0);
                foreach (var (quantile, value) in point.Quantiles)
                {
                    writer.BeginMessage(6);
                    writer.WriteDouble(1, quantile);
                    writer.WriteDouble(2, value);
                    writer.EndMessage();
                }

                WriteAttributes(writer, 7, point.Attributes);
                writer.WriteVarint(8, point.Flags);
                break;
            default:
                WriteNumber(writer, point);
                WriteAttributes(writer, 7, point.Attributes);
                writer.WriteVarint(8, point.Flags);
                break;
        }
    }

    private static void WriteNumber(ProtobufWriter writer, Point point)
    {
        if (point.Value is long whole)
        {
            writer.WriteFixed64(6, unchecked((ulong)whole));
        }
        else if (point.Value is double number)
        {
            writer.WriteDouble(4, number);
        }
    }

    private static void WriteOptional(ProtobufWriter writer, int field, double? value)
    {
        if (value is { } set)
        {
            writer.WriteDouble(field, set);
        }
    }

    private static void WriteBuckets(ProtobufWriter writer, int field, int offset, ulong[] counts)
    {
        writer.BeginMessage(field);
        writer.WriteSInt32(1, offset);
        writer.BeginMessage(2);
        foreach (var count in counts)
        {
            writer.WriteRawVarint(count);
        }

        writer.EndMessage();
        writer.EndMessage();
    }

    private static void WriteAttributes(ProtobufWriter writer, int field, IReadOnlyList<(string Key, object Value)> attributes)
    {
        foreach (var (key, value) in attributes)
        {
            writer.BeginMessage(field);
            writer.WriteString(1, key);
            writer.BeginMessage(2);
            WriteValue(writer, value);
            writer.EndMessage();
            writer.EndMessage();
        }
    }

    private static void WriteValue(ProtobufWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteString(1, text);
                break;
            case bool flag:
                writer.WriteVarint(2, flag ? 1u : 0u);
                break;
            case long whole:
                writer.WriteInt64(3, whole);
                break;
            case double number:
                writer.WriteDouble(4, number);
                break;
            case byte[] bytes:
                writer.WriteBytes(7, bytes);
                break;
            case object[] items:
                writer.BeginMessage(5);
                foreach (var item in items)
                {
                    writer.BeginMessage(1);
                    WriteValue(writer, item);
                    writer.EndMessage();
                }

                writer.EndMessage();
                break;
            case (string Key, object Value)[] pairs:
                writer.BeginMessage(6);
                WriteAttributes(writer, 1, pairs);
                writer.EndMessage();
                break;
        }
    }
}
