namespace Signalbox.PromQL.Syntax;

/// <summary>Builds the syntax tree by precedence climbing over the tokens.</summary>
/// <remarks>Grammar: https://prometheus.io/docs/prometheus/latest/querying/basics/</remarks>
internal sealed partial class Parser
{
    /// <summary>Deepest nesting that is accepted, so that hostile text cannot exhaust the stack.</summary>
    private const int MaxDepth = 250;

    /// <summary>Longest chain of operators or subqueries that is accepted, for the same reason.</summary>
    private const int MaxHeight = 500;

    private readonly string _text;
    private readonly List<Token> _tokens;
    private int _index;
    private int _depth;
    private int _durationOperators;

    public Parser(string text)
    {
        _text = text;
        _tokens = Lexer.Tokenize(text);
    }

    private Token Current => _tokens[_index];

    private Token Following => _tokens[Math.Min(_index + 1, _tokens.Count - 1)];

    private int PreviousEnd => _index == 0 ? 0 : _tokens[_index - 1].End;

    public Expr ParseQuery()
    {
        if (Current.Kind == TokenKind.EndOfInput)
        {
            throw Fail(Current, "no expression found in input");
        }

        var expression = ParseExpression(0);
        return Current.Kind == TokenKind.EndOfInput ? expression : throw Unexpected(string.Empty);
    }

    private Expr ParseExpression(int minimum)
    {
        if (++_depth > MaxDepth)
        {
            throw Fail(Current, $"expression is nested deeper than {MaxDepth} levels");
        }

        var left = ParseUnary();
        while (Operators.Find(Current) is { } op && Operators.Precedence(op) >= minimum)
        {
            left = ParseBinary(left, op);
        }

        _depth--;
        return left;
    }

    private BinaryExpr ParseBinary(Expr left, BinaryOperator op)
    {
        var operatorToken = Take();
        var returnBool = TakeWord("bool");
        var (matching, explicitly) = ParseMatching(op);
        var precedence = Operators.Precedence(op);
        var right = ParseExpression(op == BinaryOperator.Power ? precedence : precedence + 1);
        if (returnBool && !Operators.IsComparison(op))
        {
            throw Fail(operatorToken, "bool modifier can only be used on comparison operators");
        }

        var vectors = left.Type == ExprType.InstantVector && right.Type == ExprType.InstantVector;
        if (explicitly && !vectors)
        {
            throw Fail(operatorToken, matching.FillLeft is null && matching.FillRight is null
                ? "vector matching only allowed between instant vectors"
                : "filling in missing series only allowed between instant vectors");
        }

        return new BinaryExpr
        {
            Operator = op,
            Left = left,
            Right = right,
            ReturnBool = returnBool,
            Matching = vectors ? matching : null,
            Height = HeightAbove(Math.Max(left.Height, right.Height), operatorToken),
            Range = new TextRange(left.Range.Start, right.Range.End),
        };
    }

    private int HeightAbove(int inner, Token at) => inner < MaxHeight
        ? inner + 1
        : throw Fail(at, $"more than {MaxHeight} operators or subqueries in a chain");

    /// <summary>Chains inside one another add up: parentheses and calls hand on the height of what they hold.</summary>
    private static int HeightOf(List<Expr> arguments) => arguments.Count == 0 ? 0 : arguments.Max(static argument => argument.Height);

    /// <summary>A sign binds weaker than <c>^</c> and stronger than <c>*</c>.</summary>
    private Expr ParseUnary()
    {
        if (Current.Kind is not (TokenKind.Add or TokenKind.Subtract))
        {
            return ParsePostfix(ParsePrimary());
        }

        if (++_depth > MaxDepth)
        {
            throw Fail(Current, $"expression is nested deeper than {MaxDepth} levels");
        }

        var sign = Take();
        var negative = sign.Kind == TokenKind.Subtract;
        var operand = ParseExpression(Operators.Precedence(BinaryOperator.Power));
        _depth--;
        var range = new TextRange(sign.Start, operand.Range.End);
        if (operand is NumberLiteral number)
        {
            return new NumberLiteral { Value = negative ? -number.Value : number.Value, IsDuration = number.IsDuration, Range = range };
        }

        return new UnaryExpr { Negative = negative, Operand = operand, Height = operand.Height, Range = range };
    }

    private Expr ParsePrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Take();
                _ = NumberText.TryParse(token.Text, out var number);
                return new NumberLiteral { Value = number, Range = RangeOf(token) };
            case TokenKind.Duration:
                Take();
                _ = DurationText.TryParse(token.Text, out var milliseconds);
                return new NumberLiteral { Value = milliseconds / 1000.0, IsDuration = true, Range = RangeOf(token) };
            case TokenKind.String:
                Take();
                return new StringLiteral { Value = token.Text, Range = RangeOf(token) };
            case TokenKind.LeftParen:
                Take();
                var inner = ParseExpression(0);
                Expect(TokenKind.RightParen, "paren expression");
                return new ParenExpr { Inner = inner, Height = inner.Height, Range = new TextRange(token.Start, PreviousEnd) };
            case TokenKind.LeftBrace:
                return ParseSelector(string.Empty, token.Start);
            case TokenKind.Word:
                return ParseWord(token);
            default:
                throw Unexpected(string.Empty);
        }
    }

    private Expr ParseWord(Token token)
    {
        var next = Following;
        if (AggregationNames.Find(token.Text) is { } aggregation
            && (next.Kind == TokenKind.LeftParen || next.IsWord("by") || next.IsWord("without")))
        {
            return ParseAggregation(aggregation);
        }

        if (next.Kind == TokenKind.LeftParen)
        {
            return ParseCall();
        }

        if (next.Kind != TokenKind.LeftBrace && (token.IsWord("inf") || token.IsWord("nan")))
        {
            Take();
            return new NumberLiteral { Value = token.IsWord("inf") ? double.PositiveInfinity : double.NaN, Range = RangeOf(token) };
        }

        if (token.Text.ToLowerInvariant() is "bool" or "on" or "ignoring" or "group_left" or "group_right" or "atan2" or "and" or "or" or "unless"
            && next.Kind != TokenKind.LeftBrace && !CanEndExpression(next))
        {
            throw Unexpected(string.Empty);
        }

        Take();
        return ParseSelector(token.Text, token.Start);
    }

    private static bool CanEndExpression(Token token) =>
        token.Kind is TokenKind.EndOfInput or TokenKind.RightParen or TokenKind.Comma or TokenKind.LeftBracket || Operators.Find(token) is not null;

    private AggregateExpr ParseAggregation(Aggregation aggregation)
    {
        var name = Take();
        var grouped = TryParseGrouping(out var labels, out var without);
        Expect(TokenKind.LeftParen, "aggregation");
        var arguments = ParseArguments("aggregation");
        if (!grouped)
        {
            _ = TryParseGrouping(out labels, out without);
        }

        var range = new TextRange(name.Start, PreviousEnd);
        var expected = AggregationNames.TakesParameter(aggregation) ? 2 : 1;
        if (arguments.Count == 0)
        {
            throw new PromQLParseException(_text, range, "no arguments for aggregate expression provided");
        }

        if (arguments.Count != expected)
        {
            throw new PromQLParseException(
                _text, range, $"wrong number of arguments for aggregate expression provided, expected {expected}, got {arguments.Count}");
        }

        return new AggregateExpr
        {
            Operation = aggregation,
            Parameter = expected == 2 ? arguments[0] : null,
            Inner = arguments[^1],
            Grouping = labels,
            Without = without,
            Height = HeightOf(arguments),
            Range = range,
        };
    }

    private bool TryParseGrouping(out IReadOnlyList<string> labels, out bool without)
    {
        labels = [];
        without = Current.IsWord("without");
        if (!without && !Current.IsWord("by"))
        {
            return false;
        }

        Take();
        labels = ParseLabelNames("grouping");
        return true;
    }

    private CallExpr ParseCall()
    {
        var name = Take();
        if (FunctionSignature.Find(name.Text) is null && FunctionSignature.Find(name.Text.ToLowerInvariant()) is not { Arguments.Length: 0 })
        {
            throw Fail(name, $"unknown function with name {StringText.Quote(name.Text)}");
        }

        Take();
        var arguments = ParseArguments("function call");
        var function = FunctionSignature.Find(name.Text) is null ? name.Text.ToLowerInvariant() : name.Text;
        return new CallExpr { Function = function, Arguments = arguments, Height = HeightOf(arguments), Range = new TextRange(name.Start, PreviousEnd) };
    }

    /// <summary>Arguments after the opening parenthesis, the closing one included.</summary>
    private List<Expr> ParseArguments(string context)
    {
        List<Expr> arguments = [];
        if (Current.Kind == TokenKind.RightParen)
        {
            Take();
            return arguments;
        }

        while (true)
        {
            arguments.Add(ParseExpression(0));
            if (Current.Kind == TokenKind.RightParen)
            {
                Take();
                return arguments;
            }

            Expect(TokenKind.Comma, context);
            if (Current.Kind == TokenKind.RightParen)
            {
                throw Fail(Current, "trailing commas not allowed in function call args");
            }
        }
    }

    private Token Take()
    {
        var token = Current;
        _index += _index < _tokens.Count - 1 ? 1 : 0;
        return token;
    }

    private bool TakeWord(string word)
    {
        if (!Current.IsWord(word))
        {
            return false;
        }

        Take();
        return true;
    }

    private Token Expect(TokenKind kind, string context) => Current.Kind == kind ? Take() : throw Unexpected(context);

    private static TextRange RangeOf(Token token) => new(token.Start, token.End);

    private PromQLParseException Fail(Token token, string message) => new(_text, RangeOf(token), message);

    private PromQLParseException Unexpected(string context)
    {
        var what = Current.Kind switch
        {
            TokenKind.EndOfInput => "end of input",
            TokenKind.Word => "identifier " + StringText.Quote(Current.Text),
            TokenKind.String => "string " + StringText.Quote(Current.Text),
            TokenKind.Number => "number " + StringText.Quote(Current.Text),
            TokenKind.Duration => "duration " + StringText.Quote(Current.Text),
            _ => Operators.Find(Current) is null ? StringText.Quote(Current.Text) : $"<op:{Current.Text}>",
        };
        return Fail(Current, context.Length == 0 ? $"unexpected {what}" : $"unexpected {what} in {context}");
    }
}
