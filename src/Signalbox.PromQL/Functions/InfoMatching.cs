using Signalbox.PromQL.Evaluation;
using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Functions;

/// <summary>Which series <c>info()</c> takes labels from, and as of when.</summary>
internal sealed class InfoMatching
{
    public InfoMatching(CallExpr call, QueryContext context)
    {
        var given = call.Arguments.Count > 1 ? ((VectorSelector)call.Arguments[1]).Matchers : [];
        var names = given.Where(static matcher => matcher.Name == Labels.MetricName).ToList();
        if (names.Count == 0)
        {
            names.Add(new LabelMatcher(Labels.MetricName, MatchKind.Equal, "target_info"));
        }
        else if (names.TrueForAll(static matcher => matcher.Kind is MatchKind.NotEqual or MatchKind.NotRegex))
        {
            names.Add(new LabelMatcher(Labels.MetricName, MatchKind.Regex, ".+_info"));
        }

        Names = names;
        Data = [.. given.Where(static matcher => matcher.Name != Labels.MetricName)];
        Window = ReferenceTime(call.Arguments[0], new SampleWindow(context.Settings.LookbackMilliseconds, 0, null), context);
    }

    /// <summary>Conditions on the info metric's name.</summary>
    public IReadOnlyList<LabelMatcher> Names { get; }

    /// <summary>Conditions on the labels that are taken over; empty means all labels are.</summary>
    public IReadOnlyList<LabelMatcher> Data { get; }

    /// <summary>The moment at which info series are looked up: that of the first selector within the base.</summary>
    public SampleWindow Window { get; }

    public IReadOnlyList<LabelMatcher> Matchers => [.. Names, .. Data];

    /// <summary>Whether a series without a matching info series stays in the result.</summary>
    public bool KeepsUnmatched => Data.All(static matcher => matcher.MatchesEmpty);

    public bool IsInfoSeries(Labels labels) => Names.All(matcher => matcher.Matches(labels.Name));

    public bool TakesOver(string label) =>
        label is not ("instance" or "job") && !SeriesHeader.IsMetadata(label)
        && (Data.Count == 0 || Data.Any(matcher => matcher.Name == label));

    private static SampleWindow ReferenceTime(Expr expression, SampleWindow outer, QueryContext context)
    {
        switch (expression)
        {
            case VectorSelector selector:
                return Compose(outer, Selection.Shifted(selector.Shift, outer.Range, context));
            case MatrixSelector matrix:
                return ReferenceTime(matrix.Selector, outer, context);
            case SubqueryExpr subquery:
                return ReferenceTime(subquery.Inner, Compose(outer, Selection.Shifted(subquery.Shift, outer.Range, context)), context);
            default:
                var first = Children(expression).FirstOrDefault(static child => child.Type is ExprType.InstantVector or ExprType.RangeVector);
                return first is null ? outer : ReferenceTime(first, outer, context);
        }
    }

    private static SampleWindow Compose(SampleWindow outer, SampleWindow inner) =>
        inner.At is null ? outer with { Offset = outer.Offset + inner.Offset } : inner;

    private static IEnumerable<Expr> Children(Expr expression) => expression switch
    {
        ParenExpr paren => [paren.Inner],
        UnaryExpr unary => [unary.Operand],
        BinaryExpr binary => [binary.Left, binary.Right],
        AggregateExpr aggregate => [aggregate.Inner],
        CallExpr call => call.Arguments,
        _ => [],
    };
}
