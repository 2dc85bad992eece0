namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>An attribute: its key, and its value in the form that a label takes, both in the text of <see cref="OtlpMetricsData"/>.</summary>
internal readonly record struct OtlpAttribute(OtlpSlice Key, OtlpSlice Value);
