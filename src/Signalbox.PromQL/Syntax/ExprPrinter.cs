using System.Globalization;
using System.Text;
using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Syntax;

/// <summary>Writes expressions as PromQL text.</summary>
internal sealed class ExprPrinter
{
    private readonly StringBuilder _text = new();

    public static string Print(Expr expression)
    {
        var printer = new ExprPrinter();
        printer.Write(expression);
        return printer._text.ToString();
    }

    public static string Print(DurationExpr duration)
    {
        var printer = new ExprPrinter();
        printer.Write(duration);
        return printer._text.ToString();
    }

    private void Write(Expr expression)
    {
        switch (expression)
        {
            case NumberLiteral number:
                _text.Append(Number(number));
                break;
            case StringLiteral text:
                _text.Append(StringText.Quote(text.Value));
                break;
            case ParenExpr paren:
                _text.Append('(');
                Write(paren.Inner);
                _text.Append(')');
                break;
            case UnaryExpr unary:
                _text.Append(unary.Negative ? '-' : '+');
                Write(unary.Operand);
                break;
            case BinaryExpr binary:
                WriteBinary(binary);
                break;
            case AggregateExpr aggregate:
                WriteAggregate(aggregate);
                break;
            case CallExpr call:
                _text.Append(call.Function).Append('(');
                WriteList(call.Arguments);
                _text.Append(')');
                break;
            case VectorSelector selector:
                WriteSelector(selector);
                WriteShift(selector.Shift, selector.Mode);
                break;
            case MatrixSelector matrix:
                WriteSelector(matrix.Selector);
                WriteWindow(matrix.Window, null, subquery: false);
                WriteShift(matrix.Selector.Shift, matrix.Selector.Mode);
                break;
            case SubqueryExpr subquery:
                Write(subquery.Inner);
                WriteWindow(subquery.Window, subquery.Step, subquery: true);
                WriteShift(subquery.Shift, SelectionMode.Plain);
                break;
            default:
                throw new InvalidOperationException($"No text form for {expression.GetType().Name}.");
        }
    }

    private static string Number(NumberLiteral number)
    {
        if (number.IsDuration && double.IsFinite(number.Value))
        {
            return DurationText.Format((long)Math.Round(number.Value * 1000));
        }

        return FormatValue.Float(number.Value).TrimStart('+');
    }

    private void WriteList(IReadOnlyList<Expr> expressions)
    {
        for (var index = 0; index < expressions.Count; index++)
        {
            _text.Append(index == 0 ? string.Empty : ", ");
            Write(expressions[index]);
        }
    }

    private void WriteNames(IReadOnlyList<string> names)
    {
        _text.Append('(');
        for (var index = 0; index < names.Count; index++)
        {
            _text.Append(index == 0 ? string.Empty : ", ");
            WriteName(names[index]);
        }

        _text.Append(')');
    }

    private void WriteName(string name) => _text.Append(LabelText.IsLegacyLabelName(name) ? name : StringText.Quote(name));

    private void WriteBinary(BinaryExpr binary)
    {
        Write(binary.Left);
        _text.Append(' ').Append(Operators.Text(binary.Operator)).Append(binary.ReturnBool ? " bool" : string.Empty).Append(' ');
        if (binary.Matching is { } matching)
        {
            WriteMatching(matching);
        }

        Write(binary.Right);
    }

    private void WriteMatching(VectorMatching matching)
    {
        var grouped = matching.Cardinality is MatchCardinality.ManyToOne or MatchCardinality.OneToMany;
        if (matching.On || grouped || matching.Labels.Count > 0)
        {
            _text.Append(matching.On ? "on " : "ignoring ");
            WriteNames(matching.Labels);
            _text.Append(' ');
        }

        if (grouped)
        {
            _text.Append(matching.Cardinality == MatchCardinality.ManyToOne ? "group_left " : "group_right ");
            WriteNames(matching.Include);
            _text.Append(' ');
        }

        WriteFill("fill_left", matching.FillLeft);
        WriteFill("fill_right", matching.FillRight);
    }

    private void WriteFill(string name, double? value)
    {
        if (value is { } fill)
        {
            _text.Append(name).Append(" (").Append(FormatValue.Float(fill)).Append(") ");
        }
    }

    private void WriteAggregate(AggregateExpr aggregate)
    {
        _text.Append(AggregationNames.Name(aggregate.Operation));
        if (aggregate.Without || aggregate.Grouping.Count > 0)
        {
            _text.Append(aggregate.Without ? " without " : " by ");
            WriteNames(aggregate.Grouping);
            _text.Append(' ');
        }

        _text.Append('(');
        WriteList(aggregate.Parameter is { } parameter ? [parameter, aggregate.Inner] : [aggregate.Inner]);
        _text.Append(')');
    }

    private void WriteSelector(VectorSelector selector)
    {
        var plainName = selector.Name.Length > 0 && LabelText.IsLegacyMetricName(selector.Name) && AggregationNames.Find(selector.Name) is null && !IsReserved(selector.Name);
        _text.Append(plainName ? selector.Name : string.Empty);
        var nameSkipped = selector.Name.Length == 0;
        List<string> parts = [];
        if (!plainName && selector.Name.Length > 0)
        {
            parts.Add(StringText.Quote(selector.Name));
        }

        foreach (var matcher in selector.Matchers)
        {
            if (!nameSkipped && matcher is { Name: Labels.MetricName, Kind: MatchKind.Equal } && matcher.Value == selector.Name)
            {
                nameSkipped = true;
                continue;
            }

            parts.Add(Matcher(matcher));
        }

        if (parts.Count > 0 || !plainName)
        {
            _text.Append('{').AppendJoin(", ", parts).Append('}');
        }
    }

    /// <summary>Words with a meaning of their own are safe only in quotes.</summary>
    private static bool IsReserved(string name) => name.ToLowerInvariant()
        is "bool" or "on" or "ignoring" or "group_left" or "group_right" or "atan2" or "and" or "or" or "unless"
        or "inf" or "nan" or "by" or "without" or "offset" or "fill" or "fill_left" or "fill_right" or "anchored" or "smoothed";

    private static string Matcher(LabelMatcher matcher)
    {
        var name = LabelText.IsLegacyLabelName(matcher.Name) ? matcher.Name : StringText.Quote(matcher.Name);
        var op = matcher.Kind switch { MatchKind.Equal => "=", MatchKind.NotEqual => "!=", MatchKind.Regex => "=~", _ => "!~" };
        return name + op + StringText.Quote(matcher.Value);
    }

    private void WriteWindow(DurationExpr window, DurationExpr? step, bool subquery)
    {
        _text.Append('[');
        Write(window);
        _text.Append(subquery ? ":" : string.Empty);
        if (step is not null)
        {
            Write(step);
        }

        _text.Append(']');
    }

    private void WriteShift(TimeShift shift, SelectionMode mode)
    {
        _text.Append(mode switch { SelectionMode.Anchored => " anchored", SelectionMode.Smoothed => " smoothed", _ => string.Empty });
        _text.Append(shift.Anchor switch
        {
            AtAnchor.Start => " @ start()",
            AtAnchor.End => " @ end()",
            AtAnchor.Timestamp => string.Create(CultureInfo.InvariantCulture, $" @ {shift.Timestamp / 1000m:0.000}"),
            _ => string.Empty,
        });
        if (shift.Offset is { } offset)
        {
            _text.Append(" offset ");
            Write(offset);
        }
    }

    private void Write(DurationExpr duration)
    {
        switch (duration)
        {
            case DurationLiteral literal:
                _text.Append(literal.Value == Math.Floor(literal.Value)
                    ? DurationText.Format((long)literal.Value)
                    : FormatValue.Float(literal.Value / 1000));
                break;
            case QueryDuration query:
                _text.Append(query.IsStep ? "step()" : "range()");
                break;
            case ParenDuration paren:
                _text.Append('(');
                Write(paren.Inner);
                _text.Append(')');
                break;
            case NegatedDuration negated:
                _text.Append('-');
                Write(negated.Inner);
                break;
            case DurationOperation { Operation: DurationOperator.MinOf or DurationOperator.MaxOf } call:
                _text.Append(call.Operation == DurationOperator.MinOf ? "min_of(" : "max_of(");
                Write(call.Left);
                _text.Append(", ");
                Write(call.Right);
                _text.Append(')');
                break;
            case DurationOperation operation:
                Write(operation.Left);
                _text.Append(' ').Append("+-*/%^"[(int)operation.Operation]).Append(' ');
                Write(operation.Right);
                break;
            default:
                throw new InvalidOperationException($"No text form for {duration.GetType().Name}.");
        }
    }
}
