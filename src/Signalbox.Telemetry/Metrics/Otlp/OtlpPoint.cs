namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>One data point of any kind; which fields matter is said by its metric's kind.</summary>
internal struct OtlpPoint
{
    public const uint NoRecordedValueFlag = 1;

    /// <summary>Nanoseconds since the Unix epoch; 0 when unknown.</summary>
    public ulong StartNanos;

    /// <inheritdoc cref="StartNanos"/>
    public ulong TimeNanos;

    public uint Flags;
    public OtlpSlice Attributes;

    /// <summary>The number of a gauge or sum.</summary>
    public double Value;
    public bool HasValue;

    public ulong Count;
    public double Sum;
    public bool HasSum;

    /// <summary>Counts of a histogram's buckets, or of an exponential histogram's positive ones; in <see cref="OtlpMetricsData.Counts"/>.</summary>
    public OtlpSlice Buckets;

    /// <summary>In <see cref="OtlpMetricsData.Numbers"/>.</summary>
    public OtlpSlice Bounds;

    public int Scale;
    public ulong ZeroCount;
    public double ZeroThreshold;
    public int PositiveOffset;
    public int NegativeOffset;

    /// <inheritdoc cref="Buckets"/>
    public OtlpSlice NegativeBuckets;

    /// <summary>A summary's quantiles: pairs of quantile and value in <see cref="OtlpMetricsData.Numbers"/>.</summary>
    public OtlpSlice Quantiles;

    public readonly bool HasNoRecordedValue => (Flags & NoRecordedValueFlag) != 0;
}
