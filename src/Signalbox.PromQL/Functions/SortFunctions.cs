using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Functions;

/// <summary>Ordering of an instant query's result; a range query's result is always ordered by labels.</summary>
internal static class SortFunctions
{
    public static readonly Dictionary<string, Func<FunctionCall, VectorOperator>> All = new(StringComparer.Ordinal)
    {
        ["sort"] = static call => ByValue(call, descending: false),
        ["sort_desc"] = static call => ByValue(call, descending: true),
        ["sort_by_label"] = static call => ByLabel(call, descending: false),
        ["sort_by_label_desc"] = static call => ByLabel(call, descending: true),
    };

    /// <summary>NaN comes last both ways; histograms are left out.</summary>
    private static VectorOperator ByValue(FunctionCall call, bool descending)
    {
        var inner = call.Vector(0);
        if (call.Grid.Count != 1)
        {
            return new MappedVector(inner, inner.Headers, static (value, _) => value);
        }

        List<(SeriesHeader Header, Column Column)> present = [];
        for (var series = 0; series < inner.Headers.Length; series++)
        {
            var column = call.Context.Columns.Rent(1);
            inner.Read(series, column);
            column.RemoveHistograms();
            if (column.Has(0))
            {
                present.Add((inner.Headers[series], column));
            }
            else
            {
                call.Context.Columns.Return(column);
            }
        }

        var sorted = present.OrderBy(
            static entry => entry.Column.Values[0],
            Comparer<double>.Create((left, right) => Compare(left, right, descending))).ToList();
        return new ComputedVector(
            call.Grid,
            [.. sorted.Select(static entry => entry.Header)],
            [.. sorted.Select(static entry => entry.Column)],
            call.Context.Columns);
    }

    private static int Compare(double left, double right, bool descending)
    {
        if (double.IsNaN(left) || double.IsNaN(right))
        {
            return double.IsNaN(left).CompareTo(double.IsNaN(right));
        }

        return descending ? right.CompareTo(left) : left.CompareTo(right);
    }

    private static ReorderedVector ByLabel(FunctionCall call, bool descending)
    {
        var inner = call.Vector(0);
        var names = Enumerable.Range(1, call.Count - 1).Select(call.Text).ToArray();
        var order = Enumerable.Range(0, inner.Headers.Length).ToArray();
        Array.Sort(order, (left, right) =>
        {
            var compared = CompareLabels(inner.Headers[left].Labels, inner.Headers[right].Labels, names);
            return descending ? -compared : compared;
        });
        return new ReorderedVector(inner, order);
    }

    private static int CompareLabels(Labels left, Labels right, string[] names)
    {
        foreach (var name in names)
        {
            var compared = NaturalOrder.Compare(left.Get(name), right.Get(name));
            if (compared != 0)
            {
                return compared;
            }
        }

        return left.CompareTo(right);
    }

    private sealed class ReorderedVector(VectorOperator inner, int[] order)
        : VectorOperator(inner.Grid, Array.ConvertAll(order, index => inner.Headers[index]))
    {
        public override void Read(int series, Column into) => inner.Read(order[series], into);
    }
}
