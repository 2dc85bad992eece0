using System.Text;

namespace Signalbox.PromQL.Tests.Syntax;

/// <summary>Whatever the text: an expression or a <see cref="PromQLParseException"/>, nothing else.</summary>
public sealed class ParserFuzz
{
    private static readonly string[] Soup =
    [
        "sum", "by", "without", "(", ")", "{", "}", "[", "]", "5m", "1h30m", "offset", "@", "start()", "-", "+", "*", "/", "^", "%", "==", "=~", "!=", "!~", "=",
        "<", ">", "</", ">/", "bool", "on", "ignoring", "group_left", "fill", "rate", "foo", "\"bar\"", "'x'", "`y`", ",", ":", "0x1F", "1e5", ".5", "NaN", "Inf",
        "and", "or", "unless", "atan2", "#c\n", " ", "smoothed", "anchored", "step()", "min_of", "\\", "\"\\xff\"", "topk", "3", "1_000", "é",
    ];

    [Fact]
    public void SurvivesRandomBytes()
    {
        var random = new Random(1);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            TryParse(Encoding.Latin1.GetString(bytes));
        }
    }

    [Fact]
    public void SurvivesTokenSoup()
    {
        var random = new Random(2);
        for (var round = 0; round < 50_000; round++)
        {
            var tokens = Enumerable.Range(0, random.Next(1, 16)).Select(_ => Soup[random.Next(Soup.Length)]);
            TryParse(string.Join(random.Next(3) == 0 ? string.Empty : " ", tokens));
        }
    }

    [Fact]
    public void SurvivesCutAndChangedQueries()
    {
        const string Query = "sum by (a) (rate(foo{b=~\"x.*\", c!='d'}[5m] offset -1h @ 10)) / on (a) group_left (c) max_over_time(bar[1h:5m]) > bool 0x1F";
        var random = new Random(3);
        for (var round = 0; round < 20_000; round++)
        {
            var text = Query.ToCharArray();
            for (var change = random.Next(4); change > 0; change--)
            {
                text[random.Next(text.Length)] = (char)random.Next(32, 127);
            }

            TryParse(new string(text, 0, random.Next(text.Length)));
        }
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("-", "")]
    [InlineData("sum(", ")")]
    [InlineData("1^", "")]
    [InlineData("x[1m:1m]", "")]
    public void RefusesHostileNestingInsteadOfOverflowing(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 100_000)) + "1" + string.Concat(Enumerable.Repeat(close, 100_000));
        Assert.Throws<PromQLParseException>(() => PromQLParser.Parse(text));
    }

    [Fact]
    public void RefusesLongChainsInsteadOfOverflowing()
    {
        var chain = string.Join(" + ", Enumerable.Repeat("foo", 100_000));
        Assert.Throws<PromQLParseException>(() => PromQLParser.Parse(chain));
    }

    private static void TryParse(string text)
    {
        try
        {
            var printed = PromQLParser.Parse(text).ToString();
            Assert.Equal(printed, PromQLParser.Parse(printed).ToString());
        }
        catch (PromQLParseException exception)
        {
            Assert.All(exception.Errors, error => Assert.InRange(error.Start, 0, text.Length));
        }
    }
}
