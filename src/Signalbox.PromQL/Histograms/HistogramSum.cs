using Signalbox.PromQL.Functions;
using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Histograms;

/// <summary>A running sum of native histograms, compensated bucket by bucket.</summary>
internal sealed class HistogramSum
{
    private readonly List<HistogramSample> _added = [];
    private readonly SortedDictionary<int, KahanSum> _positive = [];
    private readonly SortedDictionary<int, KahanSum> _negative = [];
    private HistogramSample? _layout;
    private KahanSum _count;
    private KahanSum _sum;
    private KahanSum _zero;
    private bool _resets;
    private bool _continuations;

    /// <summary>Exponential and custom buckets came together; there is no result.</summary>
    public bool Incompatible { get; private set; }

    /// <summary>Custom bounds differed and only the shared ones were kept.</summary>
    public bool Reconciled { get; private set; }

    /// <summary>Some were known to follow a counter reset, others not to.</summary>
    public bool ConflictingResets => _resets && _continuations;

    public HistogramSample Sum => With(
        Layout with { Count = _count.Value, Sum = _sum.Value, ZeroCount = _zero.Value },
        static sum => sum.Value);

    /// <summary>The mean; where the plain sum overflows, each histogram is divided first.</summary>
    public HistogramSample Average
    {
        get
        {
            if (!IsInfinite(Sum) || _added.Exists(IsInfinite))
            {
                return HistogramMath.Divide(Sum, _added.Count);
            }

            var scaled = new HistogramSum();
            foreach (var histogram in _added)
            {
                scaled.Add(HistogramMath.Divide(histogram, _added.Count));
            }

            return scaled.Sum;
        }
    }

    private HistogramSample Layout => _layout ?? throw new InvalidOperationException("Nothing was added.");

    public void Add(HistogramSample histogram)
    {
        _added.Add(histogram);
        _resets |= histogram.CounterResetHint == CounterResetHint.Reset;
        _continuations |= histogram.CounterResetHint == CounterResetHint.NotReset;
        _layout ??= Bare(histogram);
        if (HistogramMath.IsCustom(_layout) != HistogramMath.IsCustom(histogram))
        {
            Incompatible = true;
            return;
        }

        var addend = HasLayoutOf(histogram) ? histogram : Align(histogram);
        _layout = _layout with { CounterResetHint = HistogramMath.Combine(_layout.CounterResetHint, histogram.CounterResetHint) };
        _count.Add(addend.Count);
        _sum.Add(addend.Sum);
        _zero.Add(addend.ZeroCount);
        Add(_positive, HistogramMath.AtSchema(HistogramMath.Positive(addend), addend, _layout.Schema));
        Add(_negative, HistogramMath.AtSchema(HistogramMath.Negative(addend), addend, _layout.Schema));
    }

    private bool HasLayoutOf(HistogramSample histogram) =>
        Layout.Schema == histogram.Schema
        && Layout.ZeroThreshold == histogram.ZeroThreshold
        && (ReferenceEquals(Layout.CustomValues, histogram.CustomValues) || Layout.CustomValues.SequenceEqual(histogram.CustomValues));

    private static bool IsInfinite(HistogramSample histogram) =>
        double.IsInfinity(histogram.Count) || double.IsInfinity(histogram.Sum) || double.IsInfinity(histogram.ZeroCount)
        || histogram.PositiveBuckets.Any(double.IsInfinity) || histogram.NegativeBuckets.Any(double.IsInfinity);

    private static HistogramSample Bare(HistogramSample histogram) =>
        HistogramMath.With(histogram, Buckets.None, Buckets.None) with { Count = 0, Sum = 0, ZeroCount = 0 };

    private static void Add(SortedDictionary<int, KahanSum> sums, Buckets buckets)
    {
        foreach (var (index, count) in buckets.Entries)
        {
            var sum = sums.GetValueOrDefault(index);
            sum.Add(count);
            sums[index] = sum;
        }
    }

    /// <summary>Brings what has been summed and the next histogram to the same layout.</summary>
    private HistogramSample Align(HistogramSample histogram)
    {
        var current = Sum;
        var (left, right) = HistogramMath.Reconcile(current, histogram, out var reconciled);
        Reconciled |= reconciled;
        var schema = Math.Min(left.Schema, right.Schema);
        if (!ReferenceEquals(left, current) || schema != Layout.Schema)
        {
            Relayout(left, schema);
        }

        _layout = Bare(left) with { Schema = schema };
        return right;
    }

    /// <summary>Moves sums and compensations alike to the new layout.</summary>
    private void Relayout(HistogramSample left, int schema)
    {
        var compensation = With(Layout with { ZeroCount = _zero.Compensation }, static sum => sum.Compensation);
        compensation = HistogramMath.IsCustom(left)
            ? CustomBounds.Restrict(compensation, [.. left.CustomValues])
            : ZeroBucket.Widen(compensation, left.ZeroThreshold);
        _zero = new KahanSum { Sum = left.ZeroCount, Compensation = 0 };
        _zero.Add(compensation.ZeroCount);
        foreach (var (sums, plain, small) in new[]
        {
            (_positive, HistogramMath.Positive(left), HistogramMath.Positive(compensation)),
            (_negative, HistogramMath.Negative(left), HistogramMath.Negative(compensation)),
        })
        {
            sums.Clear();
            Add(sums, HistogramMath.AtSchema(plain, left, schema));
            foreach (var (index, count) in HistogramMath.AtSchema(small, left, schema).Entries)
            {
                var sum = sums.GetValueOrDefault(index);
                sum.Compensation += count;
                sum.Sum -= count;
                sums[index] = sum;
            }
        }
    }

    private HistogramSample With(HistogramSample histogram, Func<KahanSum, double> part) => HistogramMath.With(
        histogram,
        new Buckets([.. _positive.Select(pair => (pair.Key, part(pair.Value))).Where(static entry => entry.Item2 != 0)]),
        new Buckets([.. _negative.Select(pair => (pair.Key, part(pair.Value))).Where(static entry => entry.Item2 != 0)]));
}
