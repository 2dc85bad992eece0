namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>Which of a family's sample names a sample carries.</summary>
internal enum OpenMetricsSampleKind
{
    /// <summary>The family's own name: gauge, unknown, state set, or a summary's quantile.</summary>
    Plain,
    Total,
    Created,
    Count,
    Sum,
    Bucket,
    GaugeCount,
    GaugeSum,
    Info,
}
