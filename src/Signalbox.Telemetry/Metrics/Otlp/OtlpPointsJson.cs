using System.Text.Json;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Decodes data points of every kind from OTLP/JSON.</summary>
internal sealed class OtlpPointsJson(OtlpMetricsData data)
{
    private readonly OtlpJsonAttributes _attributes = new(data);

    /// <summary>Reads the object that holds a metric's points and its temporality.</summary>
    public void Read(ref Utf8JsonReader reader, OtlpMetricKind kind, ref OtlpMetric metric)
    {
        data.Begin(kind, ref metric);
        var entered = false;
        while (OtlpJsonCursor.NextProperty(ref reader, ref entered))
        {
            if (reader.ValueTextEquals("dataPoints"u8))
            {
                reader.Read();
                var inArray = false;
                while (OtlpJsonCursor.NextItem(ref reader, ref inArray))
                {
                    data.Points.Add(ReadPoint(ref reader, kind));
                }
            }
            else if (reader.ValueTextEquals("aggregationTemporality"u8))
            {
                reader.Read();
                metric.Temporality = OtlpJsonCursor.Enumeration(ref reader);
            }
            else if (reader.ValueTextEquals("isMonotonic"u8))
            {
                reader.Read();
                metric.IsMonotonic = OtlpJsonCursor.Boolean(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        metric.Points = metric.Points with { Length = data.Points.Count - metric.Points.Start };
    }

    private OtlpPoint ReadPoint(ref Utf8JsonReader reader, OtlpMetricKind kind)
    {
        var point = new OtlpPoint();
        var run = new OtlpPointRun(data);
        var entered = false;
        while (OtlpJsonCursor.NextProperty(ref reader, ref entered))
        {
            var name = reader;
            reader.Read();
            if (!ReadCommon(ref name, ref reader, ref point) && !ReadOwn(ref name, ref reader, kind, ref point))
            {
                reader.Skip();
            }
        }

        run.Close(kind, ref point);
        return point;
    }

    private bool ReadCommon(ref Utf8JsonReader name, ref Utf8JsonReader reader, ref OtlpPoint point)
    {
        if (name.ValueTextEquals("attributes"u8))
        {
            _attributes.ReadAttributes(ref reader);
        }
        else if (name.ValueTextEquals("timeUnixNano"u8))
        {
            point.TimeNanos = OtlpJsonCursor.UInt64(ref reader);
        }
        else if (name.ValueTextEquals("startTimeUnixNano"u8))
        {
            point.StartNanos = OtlpJsonCursor.UInt64(ref reader);
        }
        else if (name.ValueTextEquals("flags"u8))
        {
            point.Flags = unchecked((uint)OtlpJsonCursor.UInt64(ref reader));
        }
        else if (name.ValueTextEquals("exemplars"u8))
        {
            CountExemplars(ref reader);
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool ReadOwn(ref Utf8JsonReader name, ref Utf8JsonReader reader, OtlpMetricKind kind, ref OtlpPoint point) => kind switch
    {
        OtlpMetricKind.Histogram => ReadTotals(ref name, ref reader, ref point) || ReadHistogram(ref name, ref reader),
        OtlpMetricKind.ExponentialHistogram => ReadTotals(ref name, ref reader, ref point) || ReadExponential(ref name, ref reader, ref point),
        OtlpMetricKind.Summary => ReadTotals(ref name, ref reader, ref point) || ReadSummary(ref name, ref reader),
        _ => ReadNumber(ref name, ref reader, ref point),
    };

    private static bool ReadNumber(ref Utf8JsonReader name, ref Utf8JsonReader reader, ref OtlpPoint point)
    {
        var isDouble = name.ValueTextEquals("asDouble"u8);
        if ((!isDouble && !name.ValueTextEquals("asInt"u8)) || reader.TokenType == JsonTokenType.Null)
        {
            return false;
        }

        point.Value = isDouble ? OtlpJsonCursor.Double(ref reader) : OtlpJsonCursor.Int64(ref reader);
        point.HasValue = true;
        return true;
    }

    private static bool ReadTotals(ref Utf8JsonReader name, ref Utf8JsonReader reader, ref OtlpPoint point)
    {
        if (name.ValueTextEquals("count"u8))
        {
            point.Count = OtlpJsonCursor.UInt64(ref reader);
            return true;
        }

        if (!name.ValueTextEquals("sum"u8) || reader.TokenType == JsonTokenType.Null)
        {
            return false;
        }

        point.Sum = OtlpJsonCursor.Double(ref reader);
        point.HasSum = true;
        return true;
    }

    private bool ReadHistogram(ref Utf8JsonReader name, ref Utf8JsonReader reader)
    {
        if (name.ValueTextEquals("bucketCounts"u8))
        {
            ReadCounts(ref reader);
            return true;
        }

        if (!name.ValueTextEquals("explicitBounds"u8))
        {
            return false;
        }

        var inArray = false;
        while (OtlpJsonCursor.NextItem(ref reader, ref inArray))
        {
            data.Numbers.Add(OtlpJsonCursor.Double(ref reader));
        }

        return true;
    }

    private bool ReadExponential(ref Utf8JsonReader name, ref Utf8JsonReader reader, ref OtlpPoint point)
    {
        if (name.ValueTextEquals("scale"u8))
        {
            point.Scale = OtlpJsonCursor.Int32(ref reader);
        }
        else if (name.ValueTextEquals("zeroCount"u8))
        {
            point.ZeroCount = OtlpJsonCursor.UInt64(ref reader);
        }
        else if (name.ValueTextEquals("zeroThreshold"u8))
        {
            point.ZeroThreshold = OtlpJsonCursor.Double(ref reader);
        }
        else if (name.ValueTextEquals("positive"u8))
        {
            (point.PositiveOffset, point.Buckets) = ReadBuckets(ref reader);
        }
        else if (name.ValueTextEquals("negative"u8))
        {
            (point.NegativeOffset, point.NegativeBuckets) = ReadBuckets(ref reader);
        }
        else
        {
            return false;
        }

        return true;
    }

    private (int Offset, OtlpSlice Counts) ReadBuckets(ref Utf8JsonReader reader)
    {
        var offset = 0;
        var first = data.Counts.Count;
        var entered = false;
        while (OtlpJsonCursor.NextProperty(ref reader, ref entered))
        {
            if (reader.ValueTextEquals("offset"u8))
            {
                reader.Read();
                offset = OtlpJsonCursor.Int32(ref reader);
            }
            else if (reader.ValueTextEquals("bucketCounts"u8))
            {
                reader.Read();
                ReadCounts(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return (offset, new OtlpSlice(first, data.Counts.Count - first));
    }

    private bool ReadSummary(ref Utf8JsonReader name, ref Utf8JsonReader reader)
    {
        if (!name.ValueTextEquals("quantileValues"u8))
        {
            return false;
        }

        var inArray = false;
        while (OtlpJsonCursor.NextItem(ref reader, ref inArray))
        {
            ReadQuantile(ref reader);
        }

        return true;
    }

    private void ReadQuantile(ref Utf8JsonReader reader)
    {
        var quantile = 0.0;
        var value = 0.0;
        var entered = false;
        while (OtlpJsonCursor.NextProperty(ref reader, ref entered))
        {
            if (reader.ValueTextEquals("quantile"u8))
            {
                reader.Read();
                quantile = OtlpJsonCursor.Double(ref reader);
            }
            else if (reader.ValueTextEquals("value"u8))
            {
                reader.Read();
                value = OtlpJsonCursor.Double(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        data.Numbers.Add(quantile);
        data.Numbers.Add(value);
    }

    private void ReadCounts(ref Utf8JsonReader reader)
    {
        var inArray = false;
        while (OtlpJsonCursor.NextItem(ref reader, ref inArray))
        {
            data.Counts.Add(OtlpJsonCursor.UInt64(ref reader));
        }
    }

    private void CountExemplars(ref Utf8JsonReader reader)
    {
        var inArray = false;
        while (OtlpJsonCursor.NextItem(ref reader, ref inArray))
        {
            data.ExemplarCount++;
            reader.Skip();
        }
    }
}
