using Signalbox.PromQL.Model;

namespace Signalbox.PromQL;

/// <summary>The value of a query: the root of a closed hierarchy.</summary>
public abstract class QueryValue
{
    private protected QueryValue()
    {
    }
}

/// <summary>One number.</summary>
public sealed class ScalarValue(long timestamp, double value) : QueryValue
{
    /// <summary>Milliseconds since the Unix epoch.</summary>
    public long Timestamp => timestamp;

    public double Value => value;
}

/// <summary>One string.</summary>
public sealed class StringValue(long timestamp, string value) : QueryValue
{
    /// <summary>Milliseconds since the Unix epoch.</summary>
    public long Timestamp => timestamp;

    public string Value => value;
}

/// <summary>One sample for each of several series, all at the evaluation time.</summary>
public sealed class VectorValue(long timestamp, IReadOnlyList<VectorSample> samples) : QueryValue
{
    /// <summary>Milliseconds since the Unix epoch.</summary>
    public long Timestamp => timestamp;

    /// <summary>In the order of evaluation, which <c>sort</c> and <c>topk</c> decide.</summary>
    public IReadOnlyList<VectorSample> Samples => samples;
}

/// <summary>One series' sample in a <see cref="VectorValue"/>.</summary>
/// <param name="Value">NaN when there is a histogram.</param>
public readonly record struct VectorSample(Labels Labels, double Value, HistogramSample? Histogram);

/// <summary>The points of several series over time.</summary>
public sealed class MatrixValue(IReadOnlyList<MatrixSeries> series) : QueryValue
{
    /// <summary>Sorted by labels; each has at least one point.</summary>
    public IReadOnlyList<MatrixSeries> Series => series;
}

/// <summary>One series of a <see cref="MatrixValue"/>, its points as columns of equal length in time order.</summary>
public sealed class MatrixSeries
{
    private readonly HistogramSample?[]? _histograms;

    internal MatrixSeries(Labels labels, ReadOnlyMemory<long> timestamps, ReadOnlyMemory<double> values, HistogramSample?[]? histograms)
    {
        Labels = labels;
        Timestamps = timestamps;
        Values = values;
        _histograms = histograms;
    }

    public Labels Labels { get; }

    /// <summary>Milliseconds since the Unix epoch, ascending.</summary>
    public ReadOnlyMemory<long> Timestamps { get; }

    /// <summary>NaN where the point is a histogram.</summary>
    public ReadOnlyMemory<double> Values { get; }

    public int Count => Timestamps.Length;

    public bool HasHistograms => _histograms is not null;

    public HistogramSample? HistogramAt(int index) => _histograms?[index];
}
