namespace Signalbox.PromQL.Tests;

public sealed class ParserFacts
{
    [Theory]
    [InlineData("1 + 2 * 3 ^ 2", "1 + 2 * 3 ^ 2")]
    [InlineData("sum(rate(foo[5m])) by (job)", "sum by (job) (rate(foo[5m]))")]
    [InlineData("foo{a='b', \"x.y\"=~\"c.*\",} offset -5m @ 10", "foo{a=\"b\", \"x.y\"=~\"c.*\"} @ 10.000 offset -5m")]
    [InlineData("{\"utf8.name\", a=`b`}", "{\"utf8.name\", a=\"b\"}")]
    [InlineData("a / on(x) group_left(y) b", "a / on (x) group_left (y) b")]
    [InlineData("max_over_time(rate(a[1m])[1h:5m] @ end())", "max_over_time(rate(a[1m])[1h:5m] @ end())")]
    [InlineData("-2 ^ 2", "-2 ^ 2")]
    [InlineData("foo # a comment\n + 0x1F", "foo + 31")]
    public void PrintsWhatItParsed(string query, string printed) => Assert.Equal(printed, PromQLParser.Parse(query).ToString());

    [Theory]
    [InlineData("foo{", 1, 4)]
    [InlineData("sum(", 1, 4)]
    [InlineData("1 +\n  ,", 2, 3)]
    [InlineData("rate(foo)", 1, 6)]
    public void SaysWhereTheMistakeIs(string query, int line, int column)
    {
        var error = Assert.Throws<PromQLParseException>(() => PromQLParser.Parse(query)).Errors[0];
        Assert.Equal((line, column), (error.Line, error.Column));
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("abs(", ")")]
    [InlineData("sum(", ")")]
    [InlineData("-(", ")")]
    [InlineData("1+(", ")")]
    public void ChainsInsideOneAnotherCountAsOne(string open, string close)
    {
        var query = "up";
        for (var level = 0; level < 60; level++)
        {
            query = open + query + string.Concat(Enumerable.Repeat("+up", 400)) + close;
        }

        var error = Assert.Throws<PromQLParseException>(() => PromQLParser.Parse(query)).Errors[0];
        Assert.Contains("more than 500 operators", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALongChainOfDurationsIsRefused()
    {
        var query = "rate(up[1m" + string.Concat(Enumerable.Repeat("+1m", 100_000)) + "])";

        var error = Assert.Throws<PromQLParseException>(() => PromQLParser.Parse(query)).Errors[0];

        Assert.Contains("more than 500 operators in durations", error.Message, StringComparison.Ordinal);
    }
}
