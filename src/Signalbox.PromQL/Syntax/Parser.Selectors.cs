using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Syntax;

/// <summary>Selectors and what may follow an expression: windows, subqueries, offset, @.</summary>
internal sealed partial class Parser
{
    private VectorSelector ParseSelector(string name, int start)
    {
        List<LabelMatcher> matchers = [];
        var metric = name;
        if (Current.Kind == TokenKind.LeftBrace)
        {
            Take();
            while (Current.Kind != TokenKind.RightBrace)
            {
                ParseMatcher(matchers, ref metric);
                if (Current.Kind != TokenKind.RightBrace)
                {
                    Expect(TokenKind.Comma, "label matching");
                }
            }

            Take();
        }

        if (metric.Length > 0)
        {
            matchers.Add(new LabelMatcher(Labels.MetricName, MatchKind.Equal, metric));
        }

        return new VectorSelector { Name = metric, Matchers = matchers, Range = new TextRange(start, PreviousEnd) };
    }

    private void ParseMatcher(List<LabelMatcher> matchers, ref string metric)
    {
        var name = Current.Kind is TokenKind.Word or TokenKind.String ? Take() : throw Unexpected("label matching");
        if (name.Kind == TokenKind.String && Current.Kind is TokenKind.Comma or TokenKind.RightBrace)
        {
            if (metric.Length > 0)
            {
                throw Fail(name, $"metric name must not be set twice: {StringText.Quote(metric)} or {StringText.Quote(name.Text)}");
            }

            if (!StringText.IsValidUtf8(name.Text))
            {
                throw Fail(name, $"invalid metric name {StringText.Quote(name.Text)}");
            }

            metric = name.Text;
            return;
        }

        CheckLabelName(name);
        MatchKind kind = Current.Kind switch
        {
            TokenKind.Assign => MatchKind.Equal,
            TokenKind.NotEqual => MatchKind.NotEqual,
            TokenKind.RegexMatch => MatchKind.Regex,
            TokenKind.RegexNoMatch => MatchKind.NotRegex,
            _ => throw Unexpected("label matching"),
        };
        Take();
        var value = Expect(TokenKind.String, "label matching");
        try
        {
            matchers.Add(new LabelMatcher(name.Text, kind, value.Text));
        }
        catch (ArgumentException exception)
        {
            throw Fail(value, $"error parsing regexp: {exception.Message}");
        }
    }

    private void CheckLabelName(Token name)
    {
        if (name.Text.Length == 0 || !StringText.IsValidUtf8(name.Text) || (name.Kind == TokenKind.Word && name.Text.Contains(':', StringComparison.Ordinal)))
        {
            throw Fail(name, $"invalid label name {StringText.Quote(name.Text)}");
        }
    }

    private List<string> ParseLabelNames(string context)
    {
        Expect(TokenKind.LeftParen, context);
        List<string> names = [];
        while (Current.Kind != TokenKind.RightParen)
        {
            var name = Current.Kind is TokenKind.Word or TokenKind.String ? Take() : throw Unexpected(context);
            CheckLabelName(name);
            names.Add(name.Text);
            if (Current.Kind != TokenKind.RightParen)
            {
                Expect(TokenKind.Comma, context);
            }
        }

        Take();
        return names;
    }

    private Expr ParsePostfix(Expr expression)
    {
        while (true)
        {
            if (Current.Kind == TokenKind.LeftBracket)
            {
                expression = ParseBrackets(expression);
            }
            else if (Current.IsWord("offset"))
            {
                ParseOffset(expression);
            }
            else if (Current.Kind == TokenKind.At)
            {
                ParseAt(expression);
            }
            else if ((Current.IsWord("anchored") || Current.IsWord("smoothed")) && expression is VectorSelector or MatrixSelector)
            {
                ParseMode(expression);
            }
            else
            {
                return expression;
            }

            expression.Range = expression.Range with { End = PreviousEnd };
        }
    }

    private Expr ParseBrackets(Expr expression)
    {
        var open = Take();
        var window = ParseDuration(0);
        if (Current.Kind == TokenKind.Colon)
        {
            Take();
            var step = Current.Kind == TokenKind.RightBracket ? null : ParseDuration(0);
            Expect(TokenKind.RightBracket, "subquery");
            CheckPositive(window, open);
            if (step is not null)
            {
                CheckPositive(step, open);
            }

            return new SubqueryExpr { Inner = expression, Window = window, Step = step, Height = HeightAbove(expression.Height, open), Range = expression.Range };
        }

        Expect(TokenKind.RightBracket, "range selector");
        if (expression is not VectorSelector selector)
        {
            throw new PromQLParseException(_text, expression.Range, "ranges only allowed for vector selectors");
        }

        if (selector.Shift.Offset is not null)
        {
            throw new PromQLParseException(_text, expression.Range, "no offset modifiers allowed before range");
        }

        if (selector.Shift.Anchor != AtAnchor.None)
        {
            throw new PromQLParseException(_text, expression.Range, "no @ modifiers allowed before range");
        }

        CheckPositive(window, open);
        return new MatrixSelector { Selector = selector, Window = window, Range = expression.Range };
    }

    private void ParseMode(Expr expression)
    {
        var word = Take();
        var selector = expression as VectorSelector ?? ((MatrixSelector)expression).Selector;
        if (selector.Mode != SelectionMode.Plain)
        {
            throw Fail(word, "anchored and smoothed modifiers cannot be used together or twice");
        }

        selector.Mode = word.IsWord("anchored") ? SelectionMode.Anchored : SelectionMode.Smoothed;
    }

    private void ParseOffset(Expr expression)
    {
        var word = Take();
        var shift = ShiftOf(expression) ?? throw Fail(
            word, "offset modifier must be preceded by an instant vector selector or range vector selector or a subquery");
        if (shift.Offset is not null)
        {
            throw Fail(word, "offset may not be set multiple times");
        }

        shift.Offset = ParseSignedDurationAtom();
    }

    private void ParseAt(Expr expression)
    {
        var at = Take();
        var shift = ShiftOf(expression) ?? throw Fail(
            at, "@ modifier must be preceded by an instant vector selector or range vector selector or a subquery");
        if (shift.Anchor != AtAnchor.None)
        {
            throw Fail(at, "@ <timestamp> may not be set multiple times");
        }

        if ((Current.IsWord("start") || Current.IsWord("end")) && Following.Kind == TokenKind.LeftParen)
        {
            shift.Anchor = Take().IsWord("start") ? AtAnchor.Start : AtAnchor.End;
            Take();
            Expect(TokenKind.RightParen, "@");
            return;
        }

        shift.Timestamp = ParseTimestamp();
        shift.Anchor = AtAnchor.Timestamp;
    }

    private long ParseTimestamp()
    {
        var negative = Current.Kind == TokenKind.Subtract;
        if (negative || Current.Kind == TokenKind.Add)
        {
            Take();
        }

        var token = Current.Kind is TokenKind.Number or TokenKind.Duration or TokenKind.Word ? Take() : throw Unexpected("@");
        var seconds = 0.0;
        if (token.Kind == TokenKind.Duration && DurationText.TryParse(token.Text, out var milliseconds))
        {
            seconds = milliseconds / 1000.0;
        }
        else if (!NumberText.TryParse(token.Text, out seconds))
        {
            _index--;
            throw Unexpected("@");
        }

        seconds = negative ? -seconds : seconds;
        if (!double.IsFinite(seconds) || Math.Abs(seconds) >= long.MaxValue / 1000.0)
        {
            throw Fail(token, "timestamp out of bounds for @ modifier: " + FormatValue.Float(seconds));
        }

        return (long)Math.Round(seconds * 1000, MidpointRounding.AwayFromZero);
    }

    private static TimeShift? ShiftOf(Expr expression) => expression switch
    {
        VectorSelector selector => selector.Shift,
        MatrixSelector matrix => matrix.Selector.Shift,
        SubqueryExpr subquery => subquery.Shift,
        _ => null,
    };
}
