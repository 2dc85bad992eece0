using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Histograms;

/// <summary>A running sum of native histograms.</summary>
internal sealed class HistogramSum
{
    private HistogramSample? _sum;
    private long _count;
    private bool _resets;
    private bool _continuations;

    /// <summary>Exponential and custom buckets came together; there is no result.</summary>
    public bool Incompatible { get; private set; }

    /// <summary>Custom bounds differed and only the shared ones were kept.</summary>
    public bool Reconciled { get; private set; }

    /// <summary>Some were known to follow a counter reset, others not to.</summary>
    public bool ConflictingResets => _resets && _continuations;

    public HistogramSample Sum => _sum ?? throw new InvalidOperationException("Nothing was added.");

    public HistogramSample Average => HistogramMath.Divide(Sum, _count);

    public void Add(HistogramSample histogram)
    {
        _count++;
        _resets |= histogram.CounterResetHint == CounterResetHint.Reset;
        _continuations |= histogram.CounterResetHint == CounterResetHint.NotReset;
        if (_sum is null)
        {
            _sum = histogram;
            return;
        }

        if (HistogramMath.TryAdd(_sum, histogram, 1, out var reconciled) is { } sum)
        {
            _sum = sum;
            Reconciled |= reconciled;
        }
        else
        {
            Incompatible = true;
        }
    }
}
