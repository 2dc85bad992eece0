using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics;

/// <summary>One point of a series: a float, or a native histogram.</summary>
/// <param name="Timestamp">Milliseconds since the Unix epoch.</param>
/// <param name="Value">The float; <see cref="double.NaN"/> when <paramref name="Histogram"/> is set.</param>
public readonly record struct MetricSample(long Timestamp, double Value, HistogramSample? Histogram);
