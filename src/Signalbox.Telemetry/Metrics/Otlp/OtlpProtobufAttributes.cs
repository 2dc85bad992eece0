using System.Text.Json;
using System.Text.Unicode;
using Signalbox.Telemetry.Wire;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Reads key-value pairs from protobuf.</summary>
/// <remarks>
/// KeyValue: 1 key, 2 value. AnyValue: 1 string, 2 bool, 3 int, 4 double, 5 array {1 values}, 6 list {1 pairs}, 7 bytes.
/// Source: https://github.com/open-telemetry/opentelemetry-proto/blob/v1.8.0/opentelemetry/proto/common/v1/common.proto
/// </remarks>
internal sealed class OtlpProtobufAttributes(OtlpMetricsData data)
{
    /// <summary>How deep lists and maps may nest.</summary>
    public const int MaxDepth = 32;

    private readonly OtlpValueText _text = new(data);

    public OtlpSlice ReadString(ref ProtobufReader reader) => _text.String(reader.ReadBytes());

    public void ReadAttribute(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message, "KeyValue");
        var key = default(OtlpSlice);
        var value = default(OtlpSlice);
        while (reader.TryReadTag())
        {
            switch (reader.Field)
            {
                case 1:
                    key = ReadString(ref reader);
                    break;
                case 2:
                    value = ReadValue(reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        data.Attributes.Add(new OtlpAttribute(key, value));
    }

    private OtlpSlice ReadValue(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message, "AnyValue");
        var value = default(OtlpSlice);
        while (reader.TryReadTag())
        {
            switch (reader.Field)
            {
                case 1:
                    value = ReadString(ref reader);
                    break;
                case 2:
                    value = _text.Boolean(reader.ReadBool());
                    break;
                case 3:
                    value = _text.Integer(reader.ReadInt64());
                    break;
                case 4:
                    value = _text.Double(reader.ReadDouble());
                    break;
                case 5 or 6:
                    var json = _text.BeginJson();
                    WriteContainer(json, reader.ReadBytes(), isMap: reader.Field == 6, 1);
                    value = _text.EndJson(json);
                    break;
                case 7:
                    value = _text.Bytes(reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return value;
    }

    private static void WriteContainer(Utf8JsonWriter json, ReadOnlySpan<byte> message, bool isMap, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new WireLimitException("max_attribute_depth", MaxDepth);
        }

        WriteStart(json, isMap);
        var reader = new ProtobufReader(message, isMap ? "KeyValueList" : "ArrayValue");
        while (reader.TryReadTag())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
            }
            else if (isMap)
            {
                WritePair(json, reader.ReadBytes(), depth);
            }
            else
            {
                WriteValue(json, reader.ReadBytes(), depth);
            }
        }

        WriteEnd(json, isMap);
    }

    private static void WriteStart(Utf8JsonWriter json, bool isMap)
    {
        if (isMap)
        {
            json.WriteStartObject();
        }
        else
        {
            json.WriteStartArray();
        }
    }

    private static void WriteEnd(Utf8JsonWriter json, bool isMap)
    {
        if (isMap)
        {
            json.WriteEndObject();
        }
        else
        {
            json.WriteEndArray();
        }
    }

    private static void WritePair(Utf8JsonWriter json, ReadOnlySpan<byte> message, int depth)
    {
        var reader = new ProtobufReader(message, "KeyValue");
        ReadOnlySpan<byte> key = [];
        ReadOnlySpan<byte> value = [];
        while (reader.TryReadTag())
        {
            switch (reader.Field)
            {
                case 1:
                    key = reader.ReadBytes();
                    break;
                case 2:
                    value = reader.ReadBytes();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        json.WritePropertyName(Checked(key));
        WriteValue(json, value, depth);
    }

    /// <summary>Writes one value; the last of its fields counts, and none means null.</summary>
    private static void WriteValue(Utf8JsonWriter json, ReadOnlySpan<byte> message, int depth)
    {
        var last = 0;
        var search = new ProtobufReader(message, "AnyValue");
        var index = 0;
        for (var position = 1; search.TryReadTag(); position++)
        {
            index = search.Field is >= 1 and <= 7 ? position : index;
            search.Skip();
        }

        var reader = new ProtobufReader(message, "AnyValue");
        while (last < index && reader.TryReadTag())
        {
            if (++last < index)
            {
                reader.Skip();
            }
        }

        WriteField(json, ref reader, index == 0 ? 0 : reader.Field, depth);
    }

    private static void WriteField(Utf8JsonWriter json, ref ProtobufReader reader, int field, int depth)
    {
        switch (field)
        {
            case 1:
                json.WriteStringValue(Checked(reader.ReadBytes()));
                break;
            case 2:
                json.WriteBooleanValue(reader.ReadBool());
                break;
            case 3:
                json.WriteNumberValue(reader.ReadInt64());
                break;
            case 4:
                OtlpValueText.WriteDouble(json, reader.ReadDouble());
                break;
            case 5 or 6:
                WriteContainer(json, reader.ReadBytes(), isMap: field == 6, depth + 1);
                break;
            case 7:
                json.WriteBase64StringValue(reader.ReadBytes());
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    private static ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> text) =>
        Utf8.IsValid(text) ? text : throw new WireFormatException("The OTLP request has a string that is not valid UTF-8.");
}
