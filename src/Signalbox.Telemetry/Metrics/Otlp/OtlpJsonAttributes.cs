using System.Text.Json;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Reads key-value pairs from OTLP/JSON.</summary>
internal sealed class OtlpJsonAttributes(OtlpMetricsData data)
{
    private readonly OtlpValueText _text = new(data);

    public OtlpSlice ReadString(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        OtlpJsonCursor.Expect(ref reader, JsonTokenType.String);
        var written = reader.CopyString(data.TextSpan(reader.ValueSpan.Length));
        return data.TakeText(written);
    }

    /// <summary>Reads an array of pairs.</summary>
    public OtlpSlice ReadAttributes(ref Utf8JsonReader reader)
    {
        var first = data.Attributes.Count;
        var entered = false;
        while (OtlpJsonCursor.NextItem(ref reader, ref entered))
        {
            data.Attributes.Add(ReadAttribute(ref reader));
        }

        return new OtlpSlice(first, data.Attributes.Count - first);
    }

    private OtlpAttribute ReadAttribute(ref Utf8JsonReader reader)
    {
        var attribute = default(OtlpAttribute);
        var entered = false;
        while (OtlpJsonCursor.NextProperty(ref reader, ref entered))
        {
            if (reader.ValueTextEquals("key"u8))
            {
                reader.Read();
                attribute = attribute with { Key = ReadString(ref reader) };
            }
            else if (reader.ValueTextEquals("value"u8))
            {
                reader.Read();
                attribute = attribute with { Value = ReadValue(ref reader) };
            }
            else
            {
                reader.Skip();
            }
        }

        return attribute;
    }

    private OtlpSlice ReadValue(ref Utf8JsonReader reader)
    {
        var value = default(OtlpSlice);
        var entered = false;
        while (OtlpJsonCursor.NextProperty(ref reader, ref entered))
        {
            var field = FieldOf(ref reader);
            if (field == 0)
            {
                reader.Skip();
                continue;
            }

            reader.Read();
            value = field switch
            {
                1 => ReadString(ref reader),
                2 => _text.Boolean(OtlpJsonCursor.Boolean(ref reader)),
                3 => _text.Integer(OtlpJsonCursor.Int64(ref reader)),
                4 => _text.Double(OtlpJsonCursor.Double(ref reader)),
                7 => _text.Bytes(ReadBytes(ref reader)),
                _ => ReadContainer(ref reader, isMap: field == 6),
            };
        }

        return value;
    }

    private OtlpSlice ReadContainer(ref Utf8JsonReader reader, bool isMap)
    {
        var json = _text.BeginJson();
        WriteContainer(json, ref reader, isMap);
        return _text.EndJson(json);
    }

    /// <summary>The number that protobuf gives to the field of AnyValue whose name the reader stands on; 0 when it has none of that name.</summary>
    private static int FieldOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("stringValue"u8))
        {
            return 1;
        }

        if (reader.ValueTextEquals("boolValue"u8))
        {
            return 2;
        }

        if (reader.ValueTextEquals("intValue"u8))
        {
            return 3;
        }

        if (reader.ValueTextEquals("doubleValue"u8))
        {
            return 4;
        }

        if (reader.ValueTextEquals("arrayValue"u8))
        {
            return 5;
        }

        return reader.ValueTextEquals("kvlistValue"u8) ? 6 : reader.ValueTextEquals("bytesValue"u8) ? 7 : 0;
    }

    private static byte[] ReadBytes(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return [];
        }

        return reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes)
            ? bytes
            : throw OtlpJsonCursor.Error(ref reader, "base64 text");
    }

    private static void WriteContainer(Utf8JsonWriter json, ref Utf8JsonReader reader, bool isMap)
    {
        if (isMap)
        {
            json.WriteStartObject();
        }
        else
        {
            json.WriteStartArray();
        }

        var entered = false;
        while (OtlpJsonCursor.NextProperty(ref reader, ref entered))
        {
            if (!reader.ValueTextEquals("values"u8))
            {
                reader.Skip();
                continue;
            }

            reader.Read();
            var inArray = false;
            while (OtlpJsonCursor.NextItem(ref reader, ref inArray))
            {
                if (isMap)
                {
                    WritePair(json, ref reader);
                }
                else
                {
                    WriteValue(json, ref reader);
                }
            }
        }

        if (isMap)
        {
            json.WriteEndObject();
        }
        else
        {
            json.WriteEndArray();
        }
    }

    /// <summary>Writes one pair of a map; the value may stand before the key, so it is found first and written second.</summary>
    private static void WritePair(Utf8JsonWriter json, ref Utf8JsonReader reader)
    {
        byte[] key = [];
        var value = default(Utf8JsonReader);
        var hasValue = false;
        var entered = false;
        while (OtlpJsonCursor.NextProperty(ref reader, ref entered))
        {
            if (reader.ValueTextEquals("key"u8))
            {
                reader.Read();
                key = OtlpJsonCursor.Utf8String(ref reader);
            }
            else if (reader.ValueTextEquals("value"u8))
            {
                reader.Read();
                value = reader;
                hasValue = true;
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        json.WritePropertyName(key);
        if (hasValue)
        {
            WriteValue(json, ref value);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <summary>Writes one value; the last of its fields counts, and none means null.</summary>
    private static void WriteValue(Utf8JsonWriter json, ref Utf8JsonReader reader)
    {
        var last = default(Utf8JsonReader);
        var lastField = 0;
        var entered = false;
        while (OtlpJsonCursor.NextProperty(ref reader, ref entered))
        {
            var field = FieldOf(ref reader);
            reader.Read();
            if (field != 0)
            {
                last = reader;
                lastField = field;
            }

            reader.Skip();
        }

        WriteField(json, ref last, lastField);
    }

    private static void WriteField(Utf8JsonWriter json, ref Utf8JsonReader reader, int field)
    {
        switch (field)
        {
            case 1:
                json.WriteStringValue(OtlpJsonCursor.Utf8String(ref reader));
                break;
            case 2:
                json.WriteBooleanValue(OtlpJsonCursor.Boolean(ref reader));
                break;
            case 3:
                json.WriteNumberValue(OtlpJsonCursor.Int64(ref reader));
                break;
            case 4:
                OtlpValueText.WriteDouble(json, OtlpJsonCursor.Double(ref reader));
                break;
            case 5 or 6:
                WriteContainer(json, ref reader, isMap: field == 6);
                break;
            case 7:
                json.WriteBase64StringValue(ReadBytes(ref reader));
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
