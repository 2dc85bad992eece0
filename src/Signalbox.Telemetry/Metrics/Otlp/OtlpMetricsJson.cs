using System.Text.Json;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Decodes <c>ExportMetricsServiceRequest</c> from OTLP/JSON, down to the metrics; <see cref="OtlpPointsJson"/> does their points.</summary>
/// <remarks>Source: https://github.com/open-telemetry/opentelemetry-proto/blob/v1.8.0/docs/specification.md#json-protobuf-encoding</remarks>
internal sealed class OtlpMetricsJson(OtlpMetricsData data)
{
    /// <summary>Deep enough for attributes nested as deep as <see cref="OtlpProtobufAttributes.MaxDepth"/>.</summary>
    public const int MaxDepth = 192;

    private readonly OtlpJsonAttributes _attributes = new(data);
    private readonly OtlpPointsJson _points = new(data);

    public void Read(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        var entered = false;
        while (OtlpJsonCursor.NextProperty(ref reader, ref entered))
        {
            if (!reader.ValueTextEquals("resourceMetrics"u8))
            {
                reader.Skip();
                continue;
            }

            reader.Read();
            var inArray = false;
            while (OtlpJsonCursor.NextItem(ref reader, ref inArray))
            {
                ReadResourceMetrics(ref reader);
            }
        }

        // Text after the object is an error too, and only a further read finds it.
        reader.Read();
    }

    private void ReadResourceMetrics(ref Utf8JsonReader reader)
    {
        var attributes = default(OtlpSlice);
        var firstScope = data.Scopes.Count;
        var entered = false;
        while (OtlpJsonCursor.NextProperty(ref reader, ref entered))
        {
            if (reader.ValueTextEquals("resource"u8))
            {
                reader.Read();
                attributes = ReadResource(ref reader);
            }
            else if (reader.ValueTextEquals("scopeMetrics"u8))
            {
                reader.Read();
                var inArray = false;
                while (OtlpJsonCursor.NextItem(ref reader, ref inArray))
                {
                    ReadScopeMetrics(ref reader);
                }
            }
            else
            {
                reader.Skip();
            }
        }

        data.Resources.Add(new OtlpResource(attributes, new OtlpSlice(firstScope, data.Scopes.Count - firstScope)));
    }

    private OtlpSlice ReadResource(ref Utf8JsonReader reader)
    {
        var attributes = default(OtlpSlice);
        var entered = false;
        while (OtlpJsonCursor.NextProperty(ref reader, ref entered))
        {
            if (reader.ValueTextEquals("attributes"u8))
            {
                reader.Read();
                attributes = _attributes.ReadAttributes(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return attributes;
    }

    private void ReadScopeMetrics(ref Utf8JsonReader reader)
    {
        var scope = default(OtlpScope);
        var schemaUrl = default(OtlpSlice);
        var firstMetric = data.Metrics.Count;
        var entered = false;
        while (OtlpJsonCursor.NextProperty(ref reader, ref entered))
        {
            if (reader.ValueTextEquals("scope"u8))
            {
                reader.Read();
                scope = ReadScope(ref reader);
            }
            else if (reader.ValueTextEquals("schemaUrl"u8))
            {
                reader.Read();
                schemaUrl = _attributes.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("metrics"u8))
            {
                reader.Read();
                var inArray = false;
                while (OtlpJsonCursor.NextItem(ref reader, ref inArray))
                {
                    ReadMetric(ref reader);
                }
            }
            else
            {
                reader.Skip();
            }
        }

        data.Scopes.Add(scope with { SchemaUrl = schemaUrl, Metrics = new OtlpSlice(firstMetric, data.Metrics.Count - firstMetric) });
    }

    private OtlpScope ReadScope(ref Utf8JsonReader reader)
    {
        var scope = default(OtlpScope);
        var entered = false;
        while (OtlpJsonCursor.NextProperty(ref reader, ref entered))
        {
            if (reader.ValueTextEquals("name"u8))
            {
                reader.Read();
                scope = scope with { Name = _attributes.ReadString(ref reader) };
            }
            else if (reader.ValueTextEquals("version"u8))
            {
                reader.Read();
                scope = scope with { Version = _attributes.ReadString(ref reader) };
            }
            else if (reader.ValueTextEquals("attributes"u8))
            {
                reader.Read();
                scope = scope with { Attributes = _attributes.ReadAttributes(ref reader) };
            }
            else
            {
                reader.Skip();
            }
        }

        return scope;
    }

    private void ReadMetric(ref Utf8JsonReader reader)
    {
        var metric = default(OtlpMetric);
        var entered = false;
        while (OtlpJsonCursor.NextProperty(ref reader, ref entered))
        {
            if (reader.ValueTextEquals("name"u8))
            {
                reader.Read();
                metric.Name = _attributes.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("description"u8))
            {
                reader.Read();
                metric.Description = _attributes.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("unit"u8))
            {
                reader.Read();
                metric.Unit = _attributes.ReadString(ref reader);
            }
            else
            {
                ReadPoints(ref reader, ref metric);
            }
        }

        data.Metrics.Add(metric);
    }

    private void ReadPoints(ref Utf8JsonReader reader, ref OtlpMetric metric)
    {
        var kind = KindOf(ref reader);
        if (kind == OtlpMetricKind.None)
        {
            reader.Skip();
            return;
        }

        reader.Read();
        if (reader.TokenType != JsonTokenType.Null)
        {
            _points.Read(ref reader, kind, ref metric);
        }
    }

    private static OtlpMetricKind KindOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("gauge"u8))
        {
            return OtlpMetricKind.Gauge;
        }

        if (reader.ValueTextEquals("sum"u8))
        {
            return OtlpMetricKind.Sum;
        }

        if (reader.ValueTextEquals("histogram"u8))
        {
            return OtlpMetricKind.Histogram;
        }

        if (reader.ValueTextEquals("exponentialHistogram"u8))
        {
            return OtlpMetricKind.ExponentialHistogram;
        }

        return reader.ValueTextEquals("summary"u8) ? OtlpMetricKind.Summary : OtlpMetricKind.None;
    }
}
