namespace Signalbox.PromQL.Model;

/// <summary>Whether a native histogram sample is known to follow a counter reset.</summary>
public enum CounterResetHint
{
    Unknown = 0,
    Reset = 1,
    NotReset = 2,
    Gauge = 3,
}

/// <summary>A run of consecutive buckets of a native histogram.</summary>
/// <param name="Offset">Gap to the end of the span before it; for the first span, the index of its first bucket.</param>
/// <param name="Length">Number of consecutive buckets.</param>
public readonly record struct BucketSpan(int Offset, uint Length);

/// <summary>One sample of a native histogram with absolute float bucket counts.</summary>
/// <remarks>
/// <c>Schema</c> −4 … 8 is exponential with base 2^(2^−schema); −53 has the bounds in <c>CustomValues</c>, the last bucket ending at +Inf.
/// Instances are immutable once they are in a store or a result.
/// Source: https://prometheus.io/docs/specs/native_histograms/
/// </remarks>
public sealed record HistogramSample
{
    public const int CustomBucketsSchema = -53;

    public required int Schema { get; init; }

    public double Count { get; init; }

    public double Sum { get; init; }

    public double ZeroThreshold { get; init; }

    public double ZeroCount { get; init; }

    public IReadOnlyList<BucketSpan> PositiveSpans { get; init; } = [];

    public IReadOnlyList<double> PositiveBuckets { get; init; } = [];

    public IReadOnlyList<BucketSpan> NegativeSpans { get; init; } = [];

    public IReadOnlyList<double> NegativeBuckets { get; init; } = [];

    public IReadOnlyList<double> CustomValues { get; init; } = [];

    public CounterResetHint CounterResetHint { get; init; }
}
