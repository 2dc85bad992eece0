using FsCheck;
using FsCheck.Fluent;
using Signalbox.PromQL.Model;
using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Tests.Syntax;

/// <summary>Printing an expression and parsing the text gives the same expression.</summary>
public sealed class PrinterProperty
{
    private static readonly string[] Names = ["foo", "a:b", "sum", "by", "http.requests", "Ünï", "bool", "a b"];

    [Fact]
    public void ParsingUndoesPrinting() => Prop.ForAll(
        Arb.From(Vectors(3)),
        static expression =>
        {
            var text = expression.ToString();
            return PromQLParser.Parse(text).ToString() == text && Shape(PromQLParser.Parse(text)) == Shape(expression);
        }).QuickCheckThrowOnFailure();

    private static Gen<Expr> Vectors(int depth)
    {
        var selector = Selectors().Select(static selector => (Expr)selector);
        if (depth == 0)
        {
            return selector;
        }

        return Gen.OneOf(
            selector,
            Vectors(depth - 1).Select(static inner => (Expr)new ParenExpr { Inner = inner }),
            Vectors(depth - 1).Select(static inner => (Expr)new UnaryExpr { Negative = true, Operand = new ParenExpr { Inner = inner } }),
            from aggregation in Gen.Elements(Aggregation.Sum, Aggregation.Avg, Aggregation.Group)
            from without in Gen.Elements(true, false)
            from labels in Gen.Elements<string[]>([], ["a"], ["a", "x.y"])
            from inner in Vectors(depth - 1)
            select (Expr)new AggregateExpr { Operation = aggregation, Inner = inner, Without = without, Grouping = labels },
            from window in Durations()
            from selected in Selectors()
            select (Expr)new CallExpr { Function = "rate", Arguments = [new MatrixSelector { Selector = selected, Window = window }] },
            from window in Durations()
            from inner in Vectors(depth - 1)
            select (Expr)new CallExpr
            {
                Function = "max_over_time",
                Arguments = [new SubqueryExpr { Inner = new ParenExpr { Inner = inner }, Window = window }],
            },
            Binaries(depth));
    }

    private static Gen<Expr> Binaries(int depth) =>
        from op in Gen.Elements(BinaryOperator.Add, BinaryOperator.Power, BinaryOperator.Greater, BinaryOperator.Atan2)
        from returnBool in Gen.Elements(true, false)
        from labels in Gen.Elements<string[]>([], ["a"])
        from left in Vectors(depth - 1)
        from right in Vectors(depth - 1)
        select (Expr)new BinaryExpr
        {
            Operator = op,
            Left = new ParenExpr { Inner = left },
            Right = new ParenExpr { Inner = right },
            ReturnBool = returnBool && op == BinaryOperator.Greater,
            Matching = new VectorMatching { On = labels.Length > 0, Labels = labels },
        };

    private static Gen<VectorSelector> Selectors() =>
        from name in Gen.Elements(Names)
        from label in Gen.Elements("job", "le", "x.y", "by")
        from kind in Gen.Elements(MatchKind.Equal, MatchKind.NotEqual, MatchKind.Regex, MatchKind.NotRegex)
        from value in Gen.Elements(string.Empty, "v", "a\"b\\\\c", "line\nfeed", "日本", "\udcff")
        from anchor in Gen.Elements(AtAnchor.None, AtAnchor.Start, AtAnchor.End, AtAnchor.Timestamp)
        from timestamp in Gen.Choose(-10_000, 10_000)
        from offset in Gen.Choose(-3, 3)
        select Selector(name, new LabelMatcher(label, kind, value), anchor, timestamp, offset);

    private static VectorSelector Selector(string name, LabelMatcher matcher, AtAnchor anchor, long timestamp, int offset)
    {
        var selector = new VectorSelector { Name = name, Matchers = [matcher, new LabelMatcher(Labels.MetricName, MatchKind.Equal, name)] };
        selector.Shift.Anchor = anchor;
        selector.Shift.Timestamp = timestamp;
        selector.Shift.Offset = offset == 0 ? null : new DurationLiteral(offset * 61_001.0);
        return selector;
    }

    private static Gen<DurationExpr> Durations() => Gen.Choose(1, 2_000_000_000).Select(static milliseconds => (DurationExpr)new DurationLiteral(milliseconds));

    /// <summary>The tree's structure, written differently from how the printer writes it.</summary>
    private static string Shape(Expr expression) => expression switch
    {
        ParenExpr paren => $"P({Shape(paren.Inner)})",
        UnaryExpr unary => $"U({unary.Negative},{Shape(unary.Operand)})",
        AggregateExpr aggregate => $"A({aggregate.Operation},{aggregate.Without && true},{string.Join(';', aggregate.Grouping)},{Shape(aggregate.Inner)})",
        CallExpr call => $"C({call.Function},{string.Join(';', call.Arguments.Select(Shape))})",
        BinaryExpr binary => $"B({binary.Operator},{binary.ReturnBool},{binary.Matching?.On},{Shape(binary.Left)},{Shape(binary.Right)})",
        MatrixSelector matrix => $"M({Shape(matrix.Selector)},{matrix.Window})",
        SubqueryExpr subquery => $"Q({Shape(subquery.Inner)},{subquery.Window})",
        VectorSelector selector =>
            $"S({selector.Name},{string.Join(';', selector.Matchers.Select(static matcher => $"{matcher.Name}{matcher.Kind}{matcher.Value}"))},"
            + $"{selector.Shift.Anchor},{(selector.Shift.Anchor == AtAnchor.Timestamp ? selector.Shift.Timestamp : 0)},{selector.Shift.Offset})",
        _ => expression.GetType().Name,
    };
}
