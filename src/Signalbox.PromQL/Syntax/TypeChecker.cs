using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Syntax;

/// <summary>Checks that every expression is given what it can work on.</summary>
internal sealed class TypeChecker
{
    private static readonly string[] AnchoredFunctions = ["changes", "delta", "increase", "rate", "resets"];
    private static readonly string[] SmoothedFunctions = ["delta", "increase", "rate"];

    private readonly string _query;
    private readonly List<PromQLParseError> _errors = [];

    private TypeChecker(string query)
    {
        _query = query;
    }

    /// <exception cref="PromQLParseException">Lists every mismatch.</exception>
    public static void Check(string query, Expr expression)
    {
        var checker = new TypeChecker(query);
        checker.Visit(expression);
        if (checker._errors.Count > 0)
        {
            throw new PromQLParseException(checker._errors);
        }
    }

    public static string Describe(ExprType type) => type switch
    {
        ExprType.Scalar => "scalar",
        ExprType.String => "string",
        ExprType.InstantVector => "instant vector",
        _ => "range vector",
    };

    private void Visit(Expr expression)
    {
        switch (expression)
        {
            case ParenExpr paren:
                Visit(paren.Inner);
                break;
            case UnaryExpr unary:
                Visit(unary.Operand);
                Require(
                    unary.Operand.Type is ExprType.Scalar or ExprType.InstantVector,
                    unary,
                    $"unary expression only allowed on expressions of type scalar or instant vector, got \"{Describe(unary.Operand.Type)}\"");
                break;
            case BinaryExpr binary:
                VisitBinary(binary);
                break;
            case AggregateExpr aggregate:
                VisitAggregate(aggregate);
                break;
            case CallExpr call:
                VisitCall(call);
                break;
            case SubqueryExpr subquery:
                Visit(subquery.Inner);
                Require(
                    subquery.Inner.Type == ExprType.InstantVector,
                    subquery,
                    $"subquery is only allowed on instant vector, got {Describe(subquery.Inner.Type)} instead");
                break;
            case MatrixSelector matrix:
                VisitSelector(matrix.Selector, instant: false);
                break;
            case VectorSelector selector:
                VisitSelector(selector, instant: true);
                break;
            default:
                break;
        }
    }

    private void VisitBinary(BinaryExpr binary)
    {
        Visit(binary.Left);
        Visit(binary.Right);
        var leftScalar = binary.Left.Type == ExprType.Scalar;
        var rightScalar = binary.Right.Type == ExprType.Scalar;
        foreach (var side in new[] { binary.Left, binary.Right })
        {
            Require(
                side.Type is ExprType.Scalar or ExprType.InstantVector,
                side,
                "binary expression must contain only scalar and instant vector types");
        }

        if (leftScalar && rightScalar)
        {
            Require(
                !Operators.IsComparison(binary.Operator) || binary.ReturnBool,
                binary,
                "comparisons between scalars must use BOOL modifier");
        }

        if (leftScalar || rightScalar)
        {
            Require(
                !Operators.IsSet(binary.Operator),
                binary,
                $"set operator \"{Operators.Text(binary.Operator)}\" not allowed in binary scalar expression");
        }
    }

    private void VisitAggregate(AggregateExpr aggregate)
    {
        Visit(aggregate.Inner);
        Expect(aggregate.Inner, ExprType.InstantVector, "aggregation expression");
        if (aggregate.Parameter is { } parameter)
        {
            Visit(parameter);
            var type = aggregate.Operation == Aggregation.CountValues ? ExprType.String : ExprType.Scalar;
            Expect(parameter, type, "aggregation parameter");
        }
    }

    private void VisitCall(CallExpr call)
    {
        var signature = FunctionSignature.Find(call.Function)!;
        var most = signature.Arguments.Length;
        var least = signature.Optional == 0 ? most : most - 1;
        var given = call.Arguments.Count;
        var name = StringText.Quote(call.Function);
        if (signature.Optional == 0 && given != most)
        {
            Report(call, $"expected {most} argument(s) in call to {name}, got {given}");
        }
        else if (given < least)
        {
            Report(call, $"expected at least {least} argument(s) in call to {name}, got {given}");
        }
        else if (signature.Optional > 0 && given > most)
        {
            Report(call, $"expected at most {most} argument(s) in call to {name}, got {given}");
        }

        for (var index = 0; index < given; index++)
        {
            var argument = call.Arguments[index];
            if (call.Function == "info" && index == 1)
            {
                Require(argument is VectorSelector, argument, $"expected label selectors as the second argument to \"info\" function, got {Describe(argument.Type)}");
                continue;
            }

            Visit(argument);
            CheckMode(call, argument);
            Expect(argument, signature.Arguments[Math.Min(index, most - 1)], $"call to function {name}");
        }
    }

    private void CheckMode(CallExpr call, Expr argument)
    {
        while (argument is ParenExpr paren)
        {
            argument = paren.Inner;
        }

        if (argument is not MatrixSelector { Selector.Mode: not SelectionMode.Plain and var mode })
        {
            return;
        }

        var allowed = mode == SelectionMode.Anchored ? AnchoredFunctions : SmoothedFunctions;
        var word = mode == SelectionMode.Anchored ? "anchored" : "smoothed";
        Require(
            allowed.Contains(call.Function),
            call,
            $"{word} modifier can only be used with: {string.Join(", ", allowed)} - not with {call.Function}");
    }

    private void VisitSelector(VectorSelector selector, bool instant)
    {
        Require(
            selector.Mode != SelectionMode.Anchored || !instant,
            selector,
            "anchored modifier can only be used with range selectors");
        if (selector.Name.Length > 0 && selector.Matchers.Count(static matcher => matcher is { Name: Labels.MetricName, Kind: MatchKind.Equal }) > 1)
        {
            var other = selector.Matchers.First(static matcher => matcher is { Name: Labels.MetricName, Kind: MatchKind.Equal });
            Report(selector, $"metric name must not be set twice: {StringText.Quote(selector.Name)} or {StringText.Quote(other.Value)}");
            return;
        }

        Require(
            selector.Matchers.Any(static matcher => !matcher.MatchesEmpty),
            selector,
            "vector selector must contain at least one non-empty matcher");
    }

    private void Expect(Expr expression, ExprType type, string context) =>
        Require(expression.Type == type, expression, $"expected type {Describe(type)} in {context}, got {Describe(expression.Type)}");

    private void Require(bool condition, Expr expression, string message)
    {
        if (!condition)
        {
            Report(expression, message);
        }
    }

    private void Report(Expr expression, string message) => _errors.Add(PromQLParseException.At(_query, expression.Range, message));
}
