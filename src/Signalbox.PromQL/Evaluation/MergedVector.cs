using System.Runtime.InteropServices;
using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Evaluation;

/// <summary>Joins series that ended up with the same labels, as long as no step has more than one of them.</summary>
internal sealed class MergedVector : VectorOperator
{
    public const string Duplicate = "vector cannot contain metrics with the same labelset";

    private readonly VectorOperator _inner;
    private readonly List<int>[] _sources;
    private readonly ColumnPool _pool;
    private readonly string _error;

    private MergedVector(VectorOperator inner, SeriesHeader[] headers, List<int>[] sources, ColumnPool pool, string error)
        : base(inner.Grid, headers)
    {
        _inner = inner;
        _sources = sources;
        _pool = pool;
        _error = error;
    }

    /// <summary>The operator itself when its labels are distinct.</summary>
    public static VectorOperator Of(VectorOperator inner, ColumnPool pool, string error = Duplicate)
    {
        var headers = inner.Headers;
        if (headers.Length < 2)
        {
            return inner;
        }

        var index = new Dictionary<Labels, int>(headers.Length);
        List<List<int>>? sources = null;
        for (var series = 0; series < headers.Length; series++)
        {
            ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(index, headers[series].Labels, out var known);
            if (!known)
            {
                group = sources?.Count ?? series;
                sources?.Add([series]);
                continue;
            }

            sources ??= [.. Enumerable.Range(0, series).Select(static one => new List<int> { one })];
            sources[group].Add(series);
        }

        return sources is null
            ? inner
            : new MergedVector(inner, [.. sources.Select(group => headers[group[0]])], [.. sources], pool, error);
    }

    public override void Read(int series, Column into)
    {
        var sources = _sources[series];
        _inner.Read(sources[0], into);
        if (sources.Count == 1)
        {
            return;
        }

        var other = _pool.Rent(Grid.Count);
        foreach (var source in sources.Skip(1))
        {
            _inner.Read(source, other);
            for (var step = 0; step < Grid.Count; step++)
            {
                if (!other.Has(step))
                {
                    continue;
                }

                if (into.Has(step))
                {
                    throw new PromQLExecutionException(_error);
                }

                into.CopyStep(step, other, step);
            }
        }

        _pool.Return(other);
    }
}
