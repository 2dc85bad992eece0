namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>A run of entries in one of the lists of <see cref="OtlpMetricsData"/>.</summary>
internal readonly record struct OtlpSlice(int Start, int Length);

/// <summary>An attribute: its key, and its value in the form that a label takes, both in the text of <see cref="OtlpMetricsData"/>.</summary>
internal readonly record struct OtlpAttribute(OtlpSlice Key, OtlpSlice Value);

/// <summary>The metrics of one resource.</summary>
internal readonly record struct OtlpResource(OtlpSlice Attributes, OtlpSlice Scopes);

/// <summary>The metrics of one instrumentation scope.</summary>
internal readonly record struct OtlpScope(OtlpSlice Name, OtlpSlice Version, OtlpSlice SchemaUrl, OtlpSlice Attributes, OtlpSlice Metrics);
