namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>What the points of an OTLP metric are.</summary>
internal enum OtlpMetricKind
{
    /// <summary>The request named no kind that is known here.</summary>
    None,
    Gauge,
    Sum,
    Histogram,
    ExponentialHistogram,
    Summary,
}
