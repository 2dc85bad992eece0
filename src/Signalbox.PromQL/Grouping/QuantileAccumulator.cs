using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Functions;

namespace Signalbox.PromQL.Grouping;

/// <summary><c>quantile</c>: needs all values of a step together.</summary>
internal sealed class QuantileAccumulator(double[] quantiles, AggregateNotes notes, ColumnPool pool) : Accumulator
{
    private readonly List<Column> _columns = [];

    public override void Reset(int steps) => Release();

    public override void Add(Column column, SeriesHeader header)
    {
        if (column.RemoveHistograms())
        {
            notes.InformHistogramIgnored();
        }

        var kept = pool.Rent(column.Count);
        kept.CopyFrom(column);
        _columns.Add(kept);
    }

    public override void Finish(Column into)
    {
        var sorted = new double[_columns.Count];
        for (var step = 0; step < into.Count; step++)
        {
            var count = 0;
            foreach (var column in _columns)
            {
                if (column.Has(step))
                {
                    sorted[count++] = column.Values[step];
                }
            }

            if (count > 0)
            {
                Array.Sort(sorted, 0, count);
                into.Values[step] = Quantiles.OfSorted(quantiles[step], sorted.AsSpan(0, count));
            }
        }

        Release();
    }

    private void Release()
    {
        _columns.ForEach(pool.Return);
        _columns.Clear();
    }
}
