namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>A run of entries in one of the lists of <see cref="OtlpMetricsData"/>.</summary>
internal readonly record struct OtlpSlice(int Start, int Length);
