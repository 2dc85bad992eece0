using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Functions;

/// <summary>Adds the labels of info series with the same <c>instance</c> and <c>job</c> to each series.</summary>
internal sealed class InfoVector
{
    private readonly FunctionCall _call;
    private readonly InfoMatching _matching;
    private readonly List<(Labels Labels, double[] Times)> _infos = [];
    private readonly ILookup<Labels, int> _byIdentity;
    private readonly List<SeriesHeader> _headers = [];
    private readonly List<Column> _columns = [];

    private InfoVector(FunctionCall call)
    {
        _call = call;
        _matching = new InfoMatching(call.Call, call.Context);
        LoadInfoSeries();
        _byIdentity = Enumerable.Range(0, _infos.Count).ToLookup(index => Identity(_infos[index].Labels));
    }

    private QueryContext Context => _call.Context;

    public static VectorOperator Build(FunctionCall call)
    {
        var info = new InfoVector(call);
        var inner = call.Vector(0);
        for (var series = 0; series < inner.Headers.Length; series++)
        {
            var column = call.Context.Columns.Rent(call.Grid.Count);
            inner.Read(series, column);
            info.Enrich(inner.Headers[series], column);
        }

        return call.Merged(new ComputedVector(call.Grid, [.. info._headers], [.. info._columns], call.Context.Columns));
    }

    private static Labels Identity(Labels labels) => labels.Without(static name => name is not ("instance" or "job"));

    private void LoadInfoSeries()
    {
        var series = Context.SeriesOf(_call.Call);
        var values = new SelectorVector(Context, _call.Grid, series, _matching.Window);
        var times = new SelectorTimestamps(Context, _call.Grid, series, _matching.Window);
        var column = Context.Columns.Rent(_call.Grid.Count);
        for (var index = 0; index < series.Count; index++)
        {
            values.Read(index, column);
            if (column.RemoveHistograms())
            {
                throw new PromQLExecutionException($"this should be an info metric, with float samples: {series[index].Labels}");
            }

            times.Read(index, column);
            _infos.Add((series[index].Labels, column.Values.ToArray()));
        }

        Context.Columns.Return(column);
    }

    private void Enrich(SeriesHeader header, Column column)
    {
        if (_matching.IsInfoSeries(header.Labels))
        {
            _headers.Add(header);
            _columns.Add(column);
            return;
        }

        var candidates = _byIdentity[Identity(header.Labels)].ToArray();
        var outputs = new Dictionary<Labels, Column>();
        for (var step = 0; step < column.Count; step++)
        {
            if (!column.Has(step) || LabelsAt(header.Labels, candidates, step) is not { } labels)
            {
                continue;
            }

            if (!outputs.TryGetValue(labels, out var output))
            {
                output = Context.Columns.Rent(column.Count);
                output.Clear();
                outputs.Add(labels, output);
                _headers.Add(header with { Labels = labels });
                _columns.Add(output);
            }

            output.CopyStep(step, column, step);
        }

        Context.Columns.Return(column);
    }

    /// <summary>The series' labels with those of the newest info series of each name; null when it is to be left out.</summary>
    private Labels? LabelsAt(Labels labels, int[] candidates, int step)
    {
        var newest = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var candidate in candidates)
        {
            var time = _infos[candidate].Times[step];
            if (Column.IsAbsent(time))
            {
                continue;
            }

            var name = _infos[candidate].Labels.Name;
            if (newest.TryGetValue(name, out var known) && _infos[known].Times[step] == time)
            {
                throw new PromQLExecutionException(
                    $"found duplicate series for info metric: existing {_infos[known].Labels} @ {time}, new {_infos[candidate].Labels} @ {time}");
            }

            if (!newest.TryGetValue(name, out known) || _infos[known].Times[step] < time)
            {
                newest[name] = candidate;
            }
        }

        if (newest.Count == 0)
        {
            return _matching.KeepsUnmatched ? labels : null;
        }

        return Join(labels, newest.Values);
    }

    private Labels Join(Labels labels, IEnumerable<int> infos)
    {
        var added = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in infos.SelectMany(info => _infos[info].Labels))
        {
            if (!_matching.TakesOver(label.Name) || labels.Has(label.Name))
            {
                continue;
            }

            if (added.TryGetValue(label.Name, out var known) && known != label.Value)
            {
                throw new PromQLExecutionException($"conflicting label: {StringText.Quote(label.Name)}");
            }

            added[label.Name] = label.Value;
        }

        return added.Count == 0 ? labels : Labels.From(labels.Concat(added.Select(static pair => new Label(pair.Key, pair.Value))));
    }
}
