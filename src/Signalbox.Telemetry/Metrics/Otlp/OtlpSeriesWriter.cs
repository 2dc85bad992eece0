namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Writes the samples of one data point's series into the batch.</summary>
internal sealed class OtlpSeriesWriter(OtlpLabelSet labels, MetricBatch batch)
{
    private byte[] _metric = [];

    /// <summary>Milliseconds since the Unix epoch.</summary>
    public long Timestamp { get; private set; }

    /// <summary>When set, every sample is this value; a point without a recorded value ends its series.</summary>
    public double? Replacement { get; private set; }

    public ReadOnlySpan<byte> Metric => _metric;

    public void Begin(byte[] metric, long timestamp, double? replacement)
    {
        _metric = metric;
        Timestamp = timestamp;
        Replacement = replacement;
    }

    public void Write(double value, ReadOnlySpan<byte> suffix = default, ReadOnlySpan<byte> labelName = default, ReadOnlySpan<byte> labelValue = default)
    {
        var key = labels.Key(_metric, suffix, labelName, labelValue);
        batch.AddSeries(key, labels.KeyLabelCount);
        batch.AddSample(Timestamp, Replacement ?? value);
    }

    public void Write(PromQL.Model.HistogramSample histogram)
    {
        var key = labels.Key(_metric);
        batch.AddSeries(key, labels.KeyLabelCount);
        batch.AddSample(Timestamp, histogram);
    }
}
