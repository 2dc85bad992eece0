namespace Signalbox.PromQL.Syntax;

/// <summary>Durations and the experimental arithmetic on them.</summary>
internal sealed partial class Parser
{
    private void CheckPositive(DurationExpr duration, Token at)
    {
        if (duration is DurationLiteral { Value: < 1 } or NegatedDuration { Inner: DurationLiteral })
        {
            throw Fail(at with { Start = at.End }, "duration must be greater than 0");
        }
    }

    private DurationExpr ParseDuration(int minimum)
    {
        if (++_depth > MaxDepth)
        {
            throw Fail(Current, $"expression is nested deeper than {MaxDepth} levels");
        }

        var left = ParseSignedDuration();
        while (OperatorOf(Current.Kind) is var (operation, precedence) && precedence >= minimum)
        {
            var at = Take();
            if (++_durationOperators > MaxHeight)
            {
                throw Fail(at, $"more than {MaxHeight} operators in durations");
            }

            var right = ParseDuration(operation == DurationOperator.Power ? precedence : precedence + 1);
            left = new DurationOperation(operation, left, right);
        }

        _depth--;
        return left;
    }

    private DurationExpr ParseSignedDuration()
    {
        if (Current.Kind is not (TokenKind.Add or TokenKind.Subtract))
        {
            return ParseDurationAtom();
        }

        var negative = Take().Kind == TokenKind.Subtract;
        var inner = ParseDuration(3);
        return negative ? Negate(inner) : inner;
    }

    /// <summary>After <c>offset</c> only one atom with its signs is taken; further arithmetic belongs to the whole expression.</summary>
    private DurationExpr ParseSignedDurationAtom()
    {
        if (Current.Kind is not (TokenKind.Add or TokenKind.Subtract))
        {
            return ParseDurationAtom();
        }

        var negative = Take().Kind == TokenKind.Subtract;
        var atom = ParseDurationAtom();
        return negative ? Negate(atom) : atom;
    }

    private static DurationExpr Negate(DurationExpr inner) =>
        inner is DurationLiteral literal ? new DurationLiteral(-literal.Value) : new NegatedDuration(inner);

    private DurationExpr ParseDurationAtom()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Duration:
                Take();
                _ = DurationText.TryParse(token.Text, out var milliseconds);
                return new DurationLiteral(milliseconds);
            case TokenKind.Number:
                Take();
                _ = NumberText.TryParse(token.Text, out var seconds);
                return double.IsFinite(seconds) && seconds < long.MaxValue / 1e9
                    ? new DurationLiteral(seconds * 1000)
                    : throw Fail(token, "duration out of range");
            case TokenKind.LeftParen:
                Take();
                var inner = ParseDuration(0);
                Expect(TokenKind.RightParen, "duration expression");
                return new ParenDuration(inner);
            case TokenKind.Word when Following.Kind == TokenKind.LeftParen:
                return ParseDurationCall();
            default:
                throw Unexpected("duration");
        }
    }

    private DurationExpr ParseDurationCall()
    {
        var name = Take();
        Take();
        DurationExpr result;
        if (name.IsWord("step") || name.IsWord("range"))
        {
            result = new QueryDuration(name.IsWord("step"));
        }
        else if (name.IsWord("min_of") || name.IsWord("max_of"))
        {
            var first = ParseDuration(0);
            Expect(TokenKind.Comma, "duration expression");
            result = new DurationOperation(name.IsWord("min_of") ? DurationOperator.MinOf : DurationOperator.MaxOf, first, ParseDuration(0));
        }
        else
        {
            throw Fail(name, $"unknown function in duration expression: {StringText.Quote(name.Text)}");
        }

        Expect(TokenKind.RightParen, "duration expression");
        return result;
    }

    private static (DurationOperator Operation, int Precedence)? OperatorOf(TokenKind kind) => kind switch
    {
        TokenKind.Add => (DurationOperator.Add, 1),
        TokenKind.Subtract => (DurationOperator.Subtract, 1),
        TokenKind.Multiply => (DurationOperator.Multiply, 2),
        TokenKind.Divide => (DurationOperator.Divide, 2),
        TokenKind.Modulo => (DurationOperator.Modulo, 2),
        TokenKind.Power => (DurationOperator.Power, 3),
        _ => null,
    };
}
