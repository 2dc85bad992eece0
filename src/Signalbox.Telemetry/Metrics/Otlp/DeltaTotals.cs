using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>The running totals of a delta series after a point was added; used again for the next.</summary>
internal sealed class DeltaTotals
{
    public double Value { get; set; }

    public double Count { get; set; }

    public double Sum { get; set; }

    public bool HasSum { get; set; }

    /// <summary>Counts of a classic histogram's buckets, not cumulative over the buckets.</summary>
    public List<double> Buckets { get; } = [];

    public HistogramSample? Histogram { get; set; }
}
