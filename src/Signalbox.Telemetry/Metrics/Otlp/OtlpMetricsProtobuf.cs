using Signalbox.Telemetry.Wire;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Decodes <c>ExportMetricsServiceRequest</c> from protobuf, down to the metrics; <see cref="OtlpPointsProtobuf"/> does their points.</summary>
/// <remarks>
/// Request: 1 resource metrics. ResourceMetrics: 1 resource {1 attributes}, 2 scope metrics. ScopeMetrics: 1 scope {1 name, 2 version, 3 attributes}, 2 metrics, 3 schema URL.
/// Metric: 1 name, 2 description, 3 unit, 5 gauge, 7 sum, 9 histogram, 10 exponential histogram, 11 summary.
/// Source: https://github.com/open-telemetry/opentelemetry-proto/blob/v1.8.0/opentelemetry/proto/metrics/v1/metrics.proto
/// </remarks>
internal sealed class OtlpMetricsProtobuf(OtlpMetricsData data)
{
    private readonly OtlpProtobufAttributes _attributes = new(data);
    private readonly OtlpPointsProtobuf _points = new(data);

    public void Read(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message, "ExportMetricsServiceRequest");
        while (reader.TryReadTag())
        {
            if (reader.Field == 1)
            {
                ReadResourceMetrics(reader.ReadBytes());
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadResourceMetrics(ReadOnlySpan<byte> message)
    {
        var attributes = default(OtlpSlice);
        var firstScope = data.Scopes.Count;
        var reader = new ProtobufReader(message, "ResourceMetrics");
        while (reader.TryReadTag())
        {
            switch (reader.Field)
            {
                case 1:
                    attributes = ReadResource(reader.ReadBytes());
                    break;
                case 2:
                    ReadScopeMetrics(reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        data.Resources.Add(new OtlpResource(attributes, new OtlpSlice(firstScope, data.Scopes.Count - firstScope)));
    }

    private OtlpSlice ReadResource(ReadOnlySpan<byte> message)
    {
        var first = data.Attributes.Count;
        var reader = new ProtobufReader(message, "Resource");
        while (reader.TryReadTag())
        {
            if (reader.Field == 1)
            {
                _attributes.ReadAttribute(reader.ReadBytes());
            }
            else
            {
                reader.Skip();
            }
        }

        return new OtlpSlice(first, data.Attributes.Count - first);
    }

    private void ReadScopeMetrics(ReadOnlySpan<byte> message)
    {
        var scope = default(OtlpScope);
        var schemaUrl = default(OtlpSlice);
        var firstMetric = data.Metrics.Count;
        var reader = new ProtobufReader(message, "ScopeMetrics");
        while (reader.TryReadTag())
        {
            switch (reader.Field)
            {
                case 1:
                    scope = ReadScope(reader.ReadBytes());
                    break;
                case 2:
                    ReadMetric(reader.ReadBytes());
                    break;
                case 3:
                    schemaUrl = _attributes.ReadString(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        data.Scopes.Add(scope with { SchemaUrl = schemaUrl, Metrics = new OtlpSlice(firstMetric, data.Metrics.Count - firstMetric) });
    }

    private OtlpScope ReadScope(ReadOnlySpan<byte> message)
    {
        var name = default(OtlpSlice);
        var version = default(OtlpSlice);
        var first = data.Attributes.Count;
        var reader = new ProtobufReader(message, "InstrumentationScope");
        while (reader.TryReadTag())
        {
            switch (reader.Field)
            {
                case 1:
                    name = _attributes.ReadString(ref reader);
                    break;
                case 2:
                    version = _attributes.ReadString(ref reader);
                    break;
                case 3:
                    _attributes.ReadAttribute(reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new OtlpScope(name, version, default, new OtlpSlice(first, data.Attributes.Count - first), default);
    }

    private void ReadMetric(ReadOnlySpan<byte> message)
    {
        var metric = default(OtlpMetric);
        var reader = new ProtobufReader(message, "Metric");
        while (reader.TryReadTag())
        {
            switch (reader.Field)
            {
                case 1:
                    metric.Name = _attributes.ReadString(ref reader);
                    break;
                case 2:
                    metric.Description = _attributes.ReadString(ref reader);
                    break;
                case 3:
                    metric.Unit = _attributes.ReadString(ref reader);
                    break;
                case 5 or 7 or 9 or 10 or 11:
                    _points.Read(reader.ReadBytes(), KindOf(reader.Field), ref metric);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        data.Metrics.Add(metric);
    }

    private static OtlpMetricKind KindOf(int field) => field switch
    {
        5 => OtlpMetricKind.Gauge,
        7 => OtlpMetricKind.Sum,
        9 => OtlpMetricKind.Histogram,
        10 => OtlpMetricKind.ExponentialHistogram,
        _ => OtlpMetricKind.Summary,
    };
}
