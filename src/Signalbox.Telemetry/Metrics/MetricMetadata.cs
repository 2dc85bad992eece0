namespace Signalbox.Telemetry.Metrics;

/// <summary>The kinds of metric that exposition formats and OTLP know.</summary>
public enum MetricType
{
    Unknown,
    Counter,
    Gauge,
    Histogram,
    GaugeHistogram,
    Summary,
    Info,
    StateSet,
}

/// <summary>What a sender said a metric family is.</summary>
/// <param name="Family">The family's name, without sample suffixes such as <c>_bucket</c>.</param>
public sealed record MetricMetadata(string Family, MetricType Type, string Help, string Unit);
