using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Histograms;
using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Functions;

/// <summary>Estimates from histograms, one group of buckets at a time.</summary>
internal sealed class HistogramVector : VectorOperator
{
    private readonly QueryContext _context;
    private readonly HistogramGroups _groups;
    private readonly IHistogramEstimate[] _estimates;
    private readonly Dictionary<int, Column> _ready = [];
    private readonly ClassicHistogram _classic = new();

    /// <param name="labels">For each estimate the label that tells it from the others; null when there is only one.</param>
    public HistogramVector(FunctionCall call, HistogramGroups groups, IHistogramEstimate[] estimates, (string Name, string Value)[]? labels)
        : base(call.Grid, HeadersOf(groups, estimates.Length, labels, call.Context))
    {
        _context = call.Context;
        _groups = groups;
        _estimates = estimates;
    }

    public override void Read(int series, Column into)
    {
        if (!_ready.Remove(series, out var column))
        {
            Compute(series / _estimates.Length);
            _ready.Remove(series, out column);
        }

        into.CopyFrom(column!);
        _context.Columns.Return(column!);
    }

    private static SeriesHeader[] HeadersOf(HistogramGroups groups, int estimates, (string Name, string Value)[]? labels, QueryContext context)
    {
        var headers = new SeriesHeader[groups.Headers.Length * estimates];
        for (var index = 0; index < headers.Length; index++)
        {
            var header = groups.Headers[index / estimates].WithoutName(context.DelayedNameRemoval);
            var label = labels?[index % estimates];
            headers[index] = label is { } own ? header with { Labels = header.Labels.With(own.Name, own.Value) } : header;
        }

        return headers;
    }

    private void Compute(int group)
    {
        _context.ThrowIfCancelled();
        var members = _groups.Members[group];
        var columns = new Column[members.Count];
        for (var index = 0; index < columns.Length; index++)
        {
            columns[index] = _context.Columns.Rent(Grid.Count);
            _groups.Vector.Read(members[index].Series, columns[index]);
        }

        var results = new Column[_estimates.Length];
        for (var estimate = 0; estimate < results.Length; estimate++)
        {
            results[estimate] = _context.Columns.Rent(Grid.Count);
            results[estimate].Clear();
            _ready.Add((group * results.Length) + estimate, results[estimate]);
        }

        for (var step = 0; step < Grid.Count; step++)
        {
            ComputeStep(group, step, columns, results);
        }

        Array.ForEach(columns, _context.Columns.Return);
    }

    private void ComputeStep(int group, int step, Column[] columns, Column[] results)
    {
        var members = _groups.Members[group];
        _classic.Clear();
        HistogramSample? native = null;
        var source = _groups.Headers[group].Labels;
        for (var index = 0; index < columns.Length; index++)
        {
            if (!columns[index].Has(step))
            {
                continue;
            }

            var labels = _groups.Vector.Headers[members[index].Series].Labels;
            if (columns[index].HistogramAt(step) is { } histogram)
            {
                native = native is null ? histogram : throw new PromQLExecutionException(MergedVector.Duplicate);
            }
            else if (double.IsNaN(members[index].Upper))
            {
                _groups.WarnBadBucket(labels);
            }
            else
            {
                _classic.Add(members[index].Upper, columns[index].Values[step]);
            }
        }

        if (native is not null && _classic.Length > 0)
        {
            _groups.WarnMixed(source);
            return;
        }

        for (var estimate = 0; estimate < results.Length && (native is not null || _classic.Length > 0); estimate++)
        {
            results[estimate].Values[step] = native is not null
                ? _estimates[estimate].Native(native, step, source)
                : _estimates[estimate].Classic(_classic, step, source);
        }
    }
}
