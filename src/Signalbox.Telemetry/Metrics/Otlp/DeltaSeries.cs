using System.Runtime.InteropServices;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>One series whose delta points are added up; also a link in the list that orders series by their last use.</summary>
internal abstract class DeltaSeries(byte[] key)
{
    private ulong _lastStart;
    private ulong _lastTime;
    private int _lastPrint;

    public byte[] Key { get; } = key;

    /// <summary>Timestamp of the clock when a point last came.</summary>
    public long LastUsed { get; set; }

    public DeltaSeries? Newer { get; set; }

    public DeltaSeries? Older { get; set; }

    public static DeltaSeries Create(byte[] key, OtlpMetricKind kind) => kind switch
    {
        OtlpMetricKind.Histogram => new DeltaHistogramSeries(key),
        OtlpMetricKind.ExponentialHistogram => new DeltaExponentialSeries(key),
        _ => new DeltaNumberSeries(key),
    };

    public abstract bool Is(OtlpMetricKind kind);

    public DeltaOutcome Add(in OtlpPoint point, OtlpMetricsData data, DeltaTotals totals)
    {
        var print = PrintOf(point, data);
        if (point.TimeNanos < _lastTime)
        {
            return DeltaOutcome.OutOfOrder;
        }

        if (point.TimeNanos == _lastTime && point.StartNanos == _lastStart && print == _lastPrint)
        {
            CopyTo(totals);
            return DeltaOutcome.Repeated;
        }

        var sameTime = point.TimeNanos == _lastTime;
        if (!TryAdd(point, data))
        {
            return DeltaOutcome.Incompatible;
        }

        (_lastStart, _lastTime, _lastPrint) = (point.StartNanos, point.TimeNanos, print);
        CopyTo(totals);
        return sameTime ? DeltaOutcome.Absorbed : DeltaOutcome.Added;
    }

    protected abstract bool TryAdd(in OtlpPoint point, OtlpMetricsData data);

    protected abstract void CopyTo(DeltaTotals totals);

    private static int PrintOf(in OtlpPoint point, OtlpMetricsData data)
    {
        var hash = new HashCode();
        hash.Add(point.Value);
        hash.Add(point.Count);
        hash.Add(point.Sum);
        hash.Add(point.ZeroCount);
        hash.AddBytes(MemoryMarshal.AsBytes(data.CountsOf(point.Buckets)));
        hash.AddBytes(MemoryMarshal.AsBytes(data.CountsOf(point.NegativeBuckets)));
        return hash.ToHashCode();
    }
}

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
