using Signalbox.PromQL.Evaluation;

namespace Signalbox.PromQL.Grouping;

/// <summary><c>count</c>.</summary>
internal sealed class CountAccumulator : Accumulator
{
    private int[] _counts = [];

    public override void Reset(int steps)
    {
        if (_counts.Length != steps)
        {
            _counts = new int[steps];
        }

        Array.Clear(_counts);
    }

    public override void Add(Column column, SeriesHeader header)
    {
        var values = column.Values;
        for (var step = 0; step < values.Length; step++)
        {
            _counts[step] += Column.IsAbsent(values[step]) ? 0 : 1;
        }
    }

    public override void Finish(Column into)
    {
        for (var step = 0; step < _counts.Length; step++)
        {
            if (_counts[step] > 0)
            {
                into.Values[step] = _counts[step];
            }
        }
    }
}

/// <summary><c>group</c>.</summary>
internal sealed class PresenceAccumulator : Accumulator
{
    private bool[] _seen = [];

    public override void Reset(int steps) => _seen = new bool[steps];

    public override void Add(Column column, SeriesHeader header)
    {
        for (var step = 0; step < _seen.Length; step++)
        {
            _seen[step] |= column.Has(step);
        }
    }

    public override void Finish(Column into)
    {
        for (var step = 0; step < _seen.Length; step++)
        {
            if (_seen[step])
            {
                into.Values[step] = 1;
            }
        }
    }
}

/// <summary><c>min</c> and <c>max</c>; NaN only when there is nothing else.</summary>
internal sealed class ExtremeAccumulator(bool highest, AggregateNotes notes) : Accumulator
{
    private double[] _best = [];

    public override void Reset(int steps)
    {
        if (_best.Length != steps)
        {
            _best = new double[steps];
        }

        Array.Fill(_best, Column.Absent);
    }

    public override void Add(Column column, SeriesHeader header)
    {
        if (column.RemoveHistograms())
        {
            notes.InformHistogramIgnored();
        }

        var values = column.Values;
        var best = _best.AsSpan(0, values.Length);
        for (var step = 0; step < values.Length; step++)
        {
            var value = values[step];
            if (!Column.IsAbsent(value) && (double.IsNaN(best[step]) || (highest ? value > best[step] : value < best[step])))
            {
                best[step] = value;
            }
        }
    }

    public override void Finish(Column into) => _best.CopyTo(into.Values);
}

/// <summary><c>stdvar</c> and <c>stddev</c> by Welford's method.</summary>
internal sealed class VarianceAccumulator(bool root, AggregateNotes notes) : Accumulator
{
    private (long Count, double Mean, double Squares)[] _state = [];

    public override void Reset(int steps) => _state = new (long, double, double)[steps];

    public override void Add(Column column, SeriesHeader header)
    {
        if (column.RemoveHistograms())
        {
            notes.InformHistogramIgnored();
        }

        var values = column.Values;
        for (var step = 0; step < values.Length; step++)
        {
            if (Column.IsAbsent(values[step]))
            {
                continue;
            }

            ref var state = ref _state[step];
            state.Count++;
            if (state.Count == 1)
            {
                state.Mean = values[step];
                state.Squares = double.IsFinite(values[step]) ? 0 : double.NaN;
                continue;
            }

            var delta = values[step] - state.Mean;
            state.Mean += delta / state.Count;
            state.Squares += delta * (values[step] - state.Mean);
        }
    }

    public override void Finish(Column into)
    {
        for (var step = 0; step < _state.Length; step++)
        {
            var (count, _, squares) = _state[step];
            if (count > 0)
            {
                into.Values[step] = root ? Math.Sqrt(squares / count) : squares / count;
            }
        }
    }
}
