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
