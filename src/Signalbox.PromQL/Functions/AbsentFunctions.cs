using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Functions;

/// <summary><c>absent</c> and <c>absent_over_time</c>: 1 at each step where there is nothing.</summary>
internal static class AbsentFunctions
{
    public static readonly Dictionary<string, Func<FunctionCall, VectorOperator>> All = new(StringComparer.Ordinal)
    {
        ["absent"] = static call => new AbsentVector(call.Vector(0), LabelsOf(call.Argument(0)), call.Context),
        ["absent_over_time"] = static call => new AbsentVector(
            new WindowVector<PresenceOfAny>(call, call.Range(0), call.Range(0).Headers, 0, default), LabelsOf(call.Argument(0)), call.Context),
    };

    /// <summary>The labels that a selector demands by equality, each of them once.</summary>
    private static Labels LabelsOf(Expr argument)
    {
        var selector = Planner.Unwrap(argument) switch
        {
            VectorSelector vector => vector,
            MatrixSelector matrix => matrix.Selector,
            _ => null,
        };
        if (selector is null)
        {
            return Labels.Empty;
        }

        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var ambiguous = new HashSet<string>(StringComparer.Ordinal);
        foreach (var matcher in selector.Matchers.Where(static matcher => matcher.Name != Labels.MetricName))
        {
            if (matcher.Kind != MatchKind.Equal || !labels.TryAdd(matcher.Name, matcher.Value))
            {
                ambiguous.Add(matcher.Name);
            }
        }

        return Labels.From(labels.Where(label => !ambiguous.Contains(label.Key)).Select(static label => new Label(label.Key, label.Value)));
    }

    private readonly struct PresenceOfAny : IWindowFunction
    {
        public void Begin(RangeSamples samples, WindowNotes notes)
        {
        }

        public void Apply(in Window window, Column output) => output.Values[window.Step] = 1;
    }

    private sealed class AbsentVector(VectorOperator inner, Labels labels, QueryContext context)
        : VectorOperator(inner.Grid, [new SeriesHeader(labels, false)])
    {
        public override void Read(int series, Column into)
        {
            into.DropHistograms();
            into.Values.Fill(1);
            var column = context.Columns.Rent(Grid.Count);
            for (var index = 0; index < inner.Headers.Length; index++)
            {
                inner.Read(index, column);
                for (var step = 0; step < column.Count; step++)
                {
                    if (column.Has(step))
                    {
                        into.Values[step] = Column.Absent;
                    }
                }
            }

            context.Columns.Return(column);
        }
    }
}
