namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>The metrics of one resource.</summary>
internal readonly record struct OtlpResource(OtlpSlice Attributes, OtlpSlice Scopes);
