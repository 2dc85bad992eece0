using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>An exponential histogram on its way to a native one; can be added up.</summary>
internal sealed class ExponentialHistogram
{
    public const int MinScale = -4;
    public const int MaxScale = 8;

    /// <summary>OTLP's zero bucket has no width unless it says so; a native histogram needs one.</summary>
    private const double DefaultZeroThreshold = 1e-128;

    /// <summary>A sum that would need more buckets on one side is kept at a lower resolution.</summary>
    private const int MaxBuckets = 2048;

    private readonly ExponentialBuckets _positive = new();
    private readonly ExponentialBuckets _negative = new();
    private int _scale;
    private double _count;
    private double _sum;
    private double _zeroCount;
    private double _zeroThreshold;

    /// <summary>Takes over a point whose scale was checked; a scale above 8 is lowered to it.</summary>
    public static ExponentialHistogram From(in OtlpPoint point, OtlpMetricsData data)
    {
        var histogram = new ExponentialHistogram
        {
            _scale = point.Scale,
            _count = point.Count,
            _sum = point.Sum,
            _zeroCount = point.ZeroCount,
            _zeroThreshold = point.ZeroThreshold > 0 ? point.ZeroThreshold : DefaultZeroThreshold,
        };
        histogram._positive.Set(point.PositiveOffset, data.CountsOf(point.Buckets));
        histogram._negative.Set(point.NegativeOffset, data.CountsOf(point.NegativeBuckets));
        histogram.LowerTo(MaxScale);
        return histogram;
    }

    /// <summary>Why the point cannot be taken, or null.</summary>
    public static string? FaultOf(in OtlpPoint point)
    {
        if (point.Scale < MinScale)
        {
            return "exponential histograms with a scale below -4 have no native form";
        }

        var lowest = Math.Min((long)point.PositiveOffset, point.NegativeOffset);
        var highest = Math.Max((long)point.PositiveOffset + point.Buckets.Length, (long)point.NegativeOffset + point.NegativeBuckets.Length);
        return lowest <= int.MinValue + 1L || highest >= int.MaxValue - 1L ? "bucket indexes of an exponential histogram are out of range" : null;
    }

    /// <summary>Adds another histogram; the result has the lower of both scales, or a lower one yet to stay within its bound of buckets.</summary>
    /// <returns>False, with nothing added, when even scale −4 would need too many buckets.</returns>
    public bool TryAdd(ExponentialHistogram other)
    {
        var scale = Math.Min(_scale, other._scale);
        LowerTo(scale);
        other.LowerTo(scale);
        while (_positive.LengthWith(other._positive) > MaxBuckets || _negative.LengthWith(other._negative) > MaxBuckets)
        {
            if (--scale < MinScale)
            {
                return false;
            }

            LowerTo(scale);
            other.LowerTo(scale);
        }

        _positive.Add(other._positive);
        _negative.Add(other._negative);
        _count += other._count;
        _sum += other._sum;
        _zeroCount += other._zeroCount;
        _zeroThreshold = Math.Max(_zeroThreshold, other._zeroThreshold);
        return true;
    }

    public HistogramSample ToSample()
    {
        var (positiveSpans, positiveBuckets) = _positive.ToNative();
        var (negativeSpans, negativeBuckets) = _negative.ToNative();
        return new HistogramSample
        {
            Schema = _scale,
            Count = _count,
            Sum = _sum,
            ZeroCount = _zeroCount,
            ZeroThreshold = _zeroThreshold,
            PositiveSpans = positiveSpans,
            PositiveBuckets = positiveBuckets,
            NegativeSpans = negativeSpans,
            NegativeBuckets = negativeBuckets,
        };
    }

    private void LowerTo(int scale)
    {
        if (_scale > scale)
        {
            _positive.Downscale(_scale - scale);
            _negative.Downscale(_scale - scale);
            _scale = scale;
        }
    }
}
