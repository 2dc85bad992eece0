namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>The text formats in which a target tells its metrics.</summary>
public enum ExpositionFormat
{
    /// <summary>Prometheus text format 0.0.4. Source: https://prometheus.io/docs/instrumenting/exposition_formats/</summary>
    PrometheusText,

    /// <summary>OpenMetrics 1.0, held to its specification. Source: https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md</summary>
    OpenMetrics,
}
