using Signalbox.PromQL.Syntax;

namespace Signalbox.PromQL.Tests.Syntax;

public sealed class NumberFacts
{
    [Theory]
    [InlineData("1_000", 1000)]
    [InlineData("010", 8)]
    [InlineData("08", 8)]
    [InlineData("0x1F", 31)]
    [InlineData("0x1p4", 16)]
    [InlineData("0x1.8p1", 3)]
    [InlineData(".5", 0.5)]
    [InlineData("2.", 2)]
    [InlineData("1e-3", 0.001)]
    [InlineData("1h30m", 5400)]
    [InlineData("250ms", 0.25)]
    [InlineData("-iNf", double.NegativeInfinity)]
    public void ReadsEveryFormThatGoReads(string text, double value) =>
        Assert.Equal(value, Assert.IsType<NumberLiteral>(PromQLParser.Parse(text)).Value);

    [Theory]
    [InlineData("0x")]
    [InlineData("1__0")]
    [InlineData("5m5m")]
    [InlineData("1s1m")]
    [InlineData("5mm")]
    [InlineData("1e")]
    public void RefusesWhatIsNoNumber(string text) => Assert.Throws<PromQLParseException>(() => PromQLParser.Parse(text));

    [Theory]
    [InlineData(@"""\u00e9\x41\101\t""", "éAA\t")]
    [InlineData(@"'it\'s'", "it's")]
    [InlineData("`\\n`", "\\n")]
    [InlineData(@"""\xc3\xa9""", "é")]
    public void DecodesStringsAsGoDoes(string text, string value) =>
        Assert.Equal(value, Assert.IsType<StringLiteral>(PromQLParser.Parse(text)).Value);

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1e21, "1000000000000000000000")]
    [InlineData(1.5e-7, "0.00000015")]
    [InlineData(123456.789, "123456.789")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(double.NaN, "NaN")]
    public void WritesFloatsWithoutExponent(double value, string text) => Assert.Equal(text, FormatValue.Float(value));

    [Fact]
    public void WritesFloatsThatReadBackTheSame()
    {
        var random = new Random(4);
        for (var round = 0; round < 10_000; round++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(value))
            {
                Assert.Equal(value, double.Parse(FormatValue.Float(value), System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }
}
