namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>The metrics of one instrumentation scope.</summary>
internal readonly record struct OtlpScope(OtlpSlice Name, OtlpSlice Version, OtlpSlice SchemaUrl, OtlpSlice Attributes, OtlpSlice Metrics);
