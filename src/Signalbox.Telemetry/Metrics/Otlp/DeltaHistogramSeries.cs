namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Adds up the points of a delta histogram; when its bounds change it starts anew, which reads as a counter reset.</summary>
internal sealed class DeltaHistogramSeries(byte[] key) : DeltaSeries(key)
{
    private double[] _bounds = [];
    private double[] _buckets = [];
    private double _count;
    private double _sum;
    private bool _hasSum = true;

    public override bool Is(OtlpMetricKind kind) => kind == OtlpMetricKind.Histogram;

    protected override bool TryAdd(in OtlpPoint point, OtlpMetricsData data)
    {
        var bounds = data.NumbersOf(point.Bounds);
        var counts = data.CountsOf(point.Buckets);
        if (!bounds.SequenceEqual(_bounds) || counts.Length != _buckets.Length)
        {
            _bounds = bounds.ToArray();
            _buckets = new double[counts.Length];
            (_count, _sum, _hasSum) = (0, 0, true);
        }

        for (var index = 0; index < counts.Length; index++)
        {
            _buckets[index] += counts[index];
        }

        _count += point.Count;
        _sum += point.Sum;
        _hasSum &= point.HasSum;
        return true;
    }

    protected override void CopyTo(DeltaTotals totals)
    {
        (totals.Count, totals.Sum, totals.HasSum) = (_count, _sum, _hasSum);
        totals.Buckets.Clear();
        totals.Buckets.AddRange(_buckets);
    }
}
