namespace Signalbox.PromQL.Tests.Syntax;

public sealed class TypeFacts
{
    [Theory]
    [InlineData("rate(foo)", "expected type range vector in call to function \"rate\", got instant vector")]
    [InlineData("foo and 1", "set operator \"and\" not allowed in binary scalar expression")]
    [InlineData("1 == 1", "comparisons between scalars must use BOOL modifier")]
    [InlineData("foo + bool bar", "bool modifier can only be used on comparison operators")]
    [InlineData("1 + on(a) 2", "vector matching only allowed between instant vectors")]
    [InlineData("foo and on(a) group_left(b) bar", "no grouping allowed for \"and\" operation")]
    [InlineData("foo + on(a) group_left(a) bar", "label \"a\" must not occur in ON and GROUP clause at once")]
    [InlineData("nope(foo)", "unknown function with name \"nope\"")]
    [InlineData("abs()", "expected 1 argument(s) in call to \"abs\", got 0")]
    [InlineData("round()", "expected at least 1 argument(s) in call to \"round\", got 0")]
    [InlineData("round(a, 1, 2)", "expected at most 2 argument(s) in call to \"round\", got 3")]
    [InlineData("{a=~\".*\"}", "vector selector must contain at least one non-empty matcher")]
    [InlineData("foo[5m] + 1", "binary expression must contain only scalar and instant vector types")]
    [InlineData("foo offset 5m offset 5m", "offset may not be set multiple times")]
    [InlineData("foo @ 1 @ 2", "@ <timestamp> may not be set multiple times")]
    [InlineData("foo offset 5m [5m]", "no offset modifiers allowed before range")]
    [InlineData("(foo)[5m]", "ranges only allowed for vector selectors")]
    [InlineData("foo[0s]", "duration must be greater than 0")]
    [InlineData("sum(a, b)", "wrong number of arguments for aggregate expression provided, expected 1, got 2")]
    [InlineData("topk(a)", "wrong number of arguments for aggregate expression provided, expected 2, got 1")]
    [InlineData("-\"a\"", "unary expression only allowed on expressions of type scalar or instant vector, got \"string\"")]
    [InlineData("1[5m:]", "subquery is only allowed on instant vector, got scalar instead")]
    [InlineData("foo{__name__=\"bar\"}", "metric name must not be set twice: \"foo\" or \"bar\"")]
    public void NamesTheMistake(string query, string message) =>
        Assert.Equal(message, Assert.Throws<PromQLParseException>(() => PromQLParser.Parse(query)).Errors[0].Message);

    [Fact]
    public void ReportsEveryMismatchAtOnce() =>
        Assert.Equal(2, Assert.Throws<PromQLParseException>(() => PromQLParser.Parse("rate(foo) + rate(bar)")).Errors.Count);

    [Theory]
    [InlineData("foo{a=\"b\"}")]
    [InlineData("{\"x.y\", a!=\"b\"}")]
    public void ReadsMatchSelectors(string selector) => Assert.Equal(2, PromQLParser.ParseSelector(selector).Count);

    [Theory]
    [InlineData("foo[5m]")]
    [InlineData("foo offset 5m")]
    [InlineData("sum(foo)")]
    [InlineData("{}")]
    public void RefusesOtherExpressionsAsMatchSelectors(string selector) =>
        Assert.Throws<PromQLParseException>(() => PromQLParser.ParseSelector(selector));
}
