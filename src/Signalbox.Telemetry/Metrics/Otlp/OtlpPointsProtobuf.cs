using Signalbox.Telemetry.Wire;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Decodes data points of every kind from protobuf.</summary>
/// <remarks>Field numbers: <c>opentelemetry/proto/metrics/v1/metrics.proto</c>, see <see cref="OtlpMetricsProtobuf"/>.</remarks>
internal sealed class OtlpPointsProtobuf(OtlpMetricsData data)
{
    private readonly OtlpProtobufAttributes _attributes = new(data);

    /// <summary>Reads Gauge, Sum, Histogram, ExponentialHistogram or Summary: 1 data points, 2 temporality, 3 is monotonic.</summary>
    public void Read(ReadOnlySpan<byte> message, OtlpMetricKind kind, ref OtlpMetric metric)
    {
        data.Begin(kind, ref metric);
        var reader = new ProtobufReader(message, kind.ToString());
        while (reader.TryReadTag())
        {
            switch (reader.Field)
            {
                case 1:
                    data.Points.Add(ReadPoint(reader.ReadBytes(), kind));
                    break;
                case 2 when kind is not (OtlpMetricKind.Gauge or OtlpMetricKind.Summary):
                    metric.Temporality = reader.ReadInt32();
                    break;
                case 3 when kind == OtlpMetricKind.Sum:
                    metric.IsMonotonic = reader.ReadBool();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        metric.Points = metric.Points with { Length = data.Points.Count - metric.Points.Start };
    }

    private OtlpPoint ReadPoint(ReadOnlySpan<byte> message, OtlpMetricKind kind)
    {
        var point = new OtlpPoint();
        var run = new OtlpPointRun(data);
        var reader = new ProtobufReader(message, "DataPoint");
        while (reader.TryReadTag())
        {
            switch (reader.Field)
            {
                case 2:
                    point.StartNanos = reader.ReadFixed64Value();
                    break;
                case 3:
                    point.TimeNanos = reader.ReadFixed64Value();
                    break;
                default:
                    ReadOther(ref reader, kind, ref point);
                    break;
            }
        }

        run.Close(kind, ref point);
        return point;
    }

    private void ReadOther(ref ProtobufReader reader, OtlpMetricKind kind, ref OtlpPoint point)
    {
        switch (kind)
        {
            case OtlpMetricKind.Histogram:
                ReadHistogramField(ref reader, ref point);
                break;
            case OtlpMetricKind.ExponentialHistogram:
                ReadExponentialField(ref reader, ref point);
                break;
            case OtlpMetricKind.Summary:
                ReadSummaryField(ref reader, ref point);
                break;
            default:
                ReadNumberField(ref reader, ref point);
                break;
        }
    }

    /// <summary>4 double, 5 exemplars, 6 int, 7 attributes, 8 flags.</summary>
    private void ReadNumberField(ref ProtobufReader reader, ref OtlpPoint point)
    {
        switch (reader.Field)
        {
            case 4:
                point.Value = reader.ReadDouble();
                point.HasValue = true;
                break;
            case 5:
                SkipExemplar(ref reader);
                break;
            case 6:
                point.Value = unchecked((long)reader.ReadFixed64Value());
                point.HasValue = true;
                break;
            case 7:
                _attributes.ReadAttribute(reader.ReadBytes());
                break;
            case 8:
                point.Flags = unchecked((uint)reader.ReadVarintValue());
                break;
            default:
                reader.Skip();
                break;
        }
    }

    /// <summary>4 count, 5 sum, 6 bucket counts, 7 bounds, 8 exemplars, 9 attributes, 10 flags.</summary>
    private void ReadHistogramField(ref ProtobufReader reader, ref OtlpPoint point)
    {
        switch (reader.Field)
        {
            case 4:
                point.Count = reader.ReadFixed64Value();
                break;
            case 5:
                point.Sum = reader.ReadDouble();
                point.HasSum = true;
                break;
            case 6:
                reader.ReadFixed64s(data.Counts);
                break;
            case 7:
                reader.ReadDoubles(data.Numbers);
                break;
            case 8:
                SkipExemplar(ref reader);
                break;
            case 9:
                _attributes.ReadAttribute(reader.ReadBytes());
                break;
            case 10:
                point.Flags = unchecked((uint)reader.ReadVarintValue());
                break;
            default:
                reader.Skip();
                break;
        }
    }

    /// <summary>1 attributes, 4 count, 5 sum, 6 scale, 7 zero count, 8 positive, 9 negative, 10 flags, 11 exemplars, 14 zero threshold.</summary>
    private void ReadExponentialField(ref ProtobufReader reader, ref OtlpPoint point)
    {
        switch (reader.Field)
        {
            case 1:
                _attributes.ReadAttribute(reader.ReadBytes());
                break;
            case 4:
                point.Count = reader.ReadFixed64Value();
                break;
            case 5:
                point.Sum = reader.ReadDouble();
                point.HasSum = true;
                break;
            case 6:
                point.Scale = reader.ReadSInt32();
                break;
            case 7:
                point.ZeroCount = reader.ReadFixed64Value();
                break;
            case 8:
                (point.PositiveOffset, point.Buckets) = ReadBuckets(reader.ReadBytes());
                break;
            case 9:
                (point.NegativeOffset, point.NegativeBuckets) = ReadBuckets(reader.ReadBytes());
                break;
            case 10:
                point.Flags = unchecked((uint)reader.ReadVarintValue());
                break;
            case 11:
                SkipExemplar(ref reader);
                break;
            case 14:
                point.ZeroThreshold = reader.ReadDouble();
                break;
            default:
                reader.Skip();
                break;
        }
    }

    /// <summary>1 offset, 2 bucket counts.</summary>
    private (int Offset, OtlpSlice Counts) ReadBuckets(ReadOnlySpan<byte> message)
    {
        var offset = 0;
        var first = data.Counts.Count;
        var reader = new ProtobufReader(message, "Buckets");
        while (reader.TryReadTag())
        {
            switch (reader.Field)
            {
                case 1:
                    offset = reader.ReadSInt32();
                    break;
                case 2:
                    reader.ReadVarints(data.Counts);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (offset, new OtlpSlice(first, data.Counts.Count - first));
    }

    /// <summary>4 count, 5 sum, 6 quantiles, 7 attributes, 8 flags.</summary>
    private void ReadSummaryField(ref ProtobufReader reader, ref OtlpPoint point)
    {
        switch (reader.Field)
        {
            case 4:
                point.Count = reader.ReadFixed64Value();
                break;
            case 5:
                point.Sum = reader.ReadDouble();
                break;
            case 6:
                ReadQuantile(reader.ReadBytes());
                break;
            case 7:
                _attributes.ReadAttribute(reader.ReadBytes());
                break;
            case 8:
                point.Flags = unchecked((uint)reader.ReadVarintValue());
                break;
            default:
                reader.Skip();
                break;
        }
    }

    /// <summary>1 quantile, 2 value.</summary>
    private void ReadQuantile(ReadOnlySpan<byte> message)
    {
        var quantile = 0.0;
        var value = 0.0;
        var reader = new ProtobufReader(message, "ValueAtQuantile");
        while (reader.TryReadTag())
        {
            switch (reader.Field)
            {
                case 1:
                    quantile = reader.ReadDouble();
                    break;
                case 2:
                    value = reader.ReadDouble();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        data.Numbers.Add(quantile);
        data.Numbers.Add(value);
    }

    private void SkipExemplar(ref ProtobufReader reader)
    {
        reader.Skip();
        data.ExemplarCount++;
    }
}
