namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Adds up the points of a delta sum.</summary>
internal sealed class DeltaNumberSeries(byte[] key) : DeltaSeries(key)
{
    private double _value;

    public override bool Is(OtlpMetricKind kind) => kind == OtlpMetricKind.Sum;

    protected override bool TryAdd(in OtlpPoint point, OtlpMetricsData data)
    {
        _value += point.Value;
        return true;
    }

    protected override void CopyTo(DeltaTotals totals) => totals.Value = _value;
}
