using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Functions;

namespace Signalbox.PromQL.Grouping;

/// <summary><c>sum</c>, compensated so that the order of the series does not matter.</summary>
internal sealed class SumAccumulator(AggregateNotes notes) : Accumulator
{
    private readonly HistogramTotals _histograms = new(notes);
    private double[] _sums = [];
    private double[] _compensations = [];

    public override void Reset(int steps)
    {
        if (_sums.Length != steps)
        {
            _sums = new double[steps];
            _compensations = new double[steps];
        }

        Array.Fill(_sums, Column.Absent);
        Array.Clear(_compensations);
        _histograms.Reset();
    }

    public override void Add(Column column, SeriesHeader header)
    {
        _histograms.Take(column, header);
        var values = column.Values;
        var sums = _sums.AsSpan(0, values.Length);
        var compensations = _compensations.AsSpan(0, values.Length);
        for (var step = 0; step < values.Length; step++)
        {
            var value = values[step];
            if (Column.IsAbsent(value))
            {
                continue;
            }

            var sum = sums[step];
            if (Column.IsAbsent(sum))
            {
                sums[step] = value;
                continue;
            }

            var state = new KahanSum { Sum = sum, Compensation = compensations[step] };
            state.Add(value);
            sums[step] = state.Sum;
            compensations[step] = state.Compensation;
        }
    }

    public override void Finish(Column into)
    {
        for (var step = 0; step < _sums.Length; step++)
        {
            if (!Column.IsAbsent(_sums[step]))
            {
                into.Values[step] = new KahanSum { Sum = _sums[step], Compensation = _compensations[step] }.Value;
            }
        }

        _histograms.Finish(into, average: false);
    }
}

/// <summary><c>avg</c>.</summary>
internal sealed class AverageAccumulator(AggregateNotes notes) : Accumulator
{
    private readonly HistogramTotals _histograms = new(notes);
    private KahanMean[] _means = [];

    public override void Reset(int steps)
    {
        if (_means.Length != steps)
        {
            _means = new KahanMean[steps];
        }

        Array.Clear(_means);
        _histograms.Reset();
    }

    public override void Add(Column column, SeriesHeader header)
    {
        _histograms.Take(column, header);
        var values = column.Values;
        for (var step = 0; step < values.Length; step++)
        {
            if (!Column.IsAbsent(values[step]))
            {
                _means[step].Add(values[step]);
            }
        }
    }

    public override void Finish(Column into)
    {
        for (var step = 0; step < _means.Length; step++)
        {
            if (_means[step].Count > 0)
            {
                into.Values[step] = _means[step].Value;
            }
        }

        _histograms.Finish(into, average: true);
    }
}
