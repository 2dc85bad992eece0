namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Adds up the points of a delta exponential histogram.</summary>
internal sealed class DeltaExponentialSeries(byte[] key) : DeltaSeries(key)
{
    private ExponentialHistogram? _total;

    public override bool Is(OtlpMetricKind kind) => kind == OtlpMetricKind.ExponentialHistogram;

    protected override bool TryAdd(in OtlpPoint point, OtlpMetricsData data)
    {
        var histogram = ExponentialHistogram.From(point, data);
        if (_total is not null)
        {
            return _total.TryAdd(histogram);
        }

        _total = histogram;
        return true;
    }

    protected override void CopyTo(DeltaTotals totals) => totals.Histogram = _total?.ToSample();
}
