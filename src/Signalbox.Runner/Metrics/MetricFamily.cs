namespace Signalbox.Runner.Metrics;

/// <summary>One metric with its series, in a form that text, file, Pushgateway and OTLP are written from.</summary>
/// <param name="Name">As Prometheus sees it, suffixes included.</param>
/// <param name="Help">One sentence.</param>
/// <param name="Samples">Without two of the same labels.</param>
internal sealed record MetricFamily(string Name, MetricKind Kind, string Help, IReadOnlyList<MetricSample> Samples);

/// <summary>What a metric's values mean.</summary>
internal enum MetricKind
{
    Gauge,

    /// <summary>Counts from the beginning of the run.</summary>
    Counter,
}

/// <summary>The value of one series.</summary>
/// <param name="Labels">In the order in which they are written.</param>
internal sealed record MetricSample(IReadOnlyList<MetricLabel> Labels, double Value);

/// <summary>One label of a series.</summary>
internal sealed record MetricLabel(string Name, string Value);
