using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Histograms;

namespace Signalbox.PromQL.Grouping;

/// <summary>The histogram part of <c>sum</c> and <c>avg</c>: a step with both floats and histograms has no result.</summary>
internal sealed class HistogramTotals(AggregateNotes notes)
{
    private readonly Dictionary<int, HistogramSum> _totals = [];
    private string _name = string.Empty;

    public void Reset() => _totals.Clear();

    /// <summary>Takes the histograms out of a column; its floats stay.</summary>
    public void Take(Column column, SeriesHeader header)
    {
        if (!column.HasHistograms)
        {
            return;
        }

        _name = header.Labels.Name;
        for (var step = 0; step < column.Count; step++)
        {
            if (column.HistogramAt(step) is not { } histogram)
            {
                continue;
            }

            if (!_totals.TryGetValue(step, out var total))
            {
                _totals.Add(step, total = new HistogramSum());
            }

            total.Add(histogram);
        }

        column.RemoveHistograms();
    }

    public void Finish(Column into, bool average)
    {
        foreach (var (step, total) in _totals)
        {
            if (into.Has(step))
            {
                notes.WarnMixed();
                into.SetAbsent(step);
                continue;
            }

            Annotate(total);
            if (total.Incompatible)
            {
                notes.WarnMixedSchemas(_name);
                continue;
            }

            into.SetHistogram(step, average ? total.Average : total.Sum);
        }
    }

    private void Annotate(HistogramSum total)
    {
        if (total.Reconciled)
        {
            notes.InformReconciled();
        }

        if (total.ConflictingResets)
        {
            notes.WarnConflictingResets();
        }
    }
}
