using System.Globalization;
using System.Text;
using Signalbox.Server.Query.Responses;
using Xunit;

namespace Signalbox.Server.Tests.Query.Responses;

public sealed class SampleTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1435781430781, "1435781430.781")]
    [InlineData(1435781430100, "1435781430.100")]
    [InlineData(1435781430007, "1435781430.007")]
    [InlineData(1435781430000, "1435781430")]
    [InlineData(-1500, "-1.500")]
    [InlineData(-1, "-0.001")]
    public void WritesTimesAsSeconds(long milliseconds, string expected)
    {
        Span<byte> text = stackalloc byte[SampleText.MaxLength];
        Assert.Equal(expected, Encoding.ASCII.GetString(text[..SampleText.WriteTime(text, milliseconds)]));
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1.0, "1")]
    [InlineData(-17.0, "-17")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.00001, "0.00001")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(0.0000012345, "0.0000012345")]
    [InlineData(0.0000001, "1e-07")]
    [InlineData(-1.5e-9, "-1.5e-09")]
    [InlineData(9007199254740993.0, "9007199254740992")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(1.5e16, "15000000000000000")]
    [InlineData(1.2345678901234567e19, "12345678901234567000")]
    [InlineData(123456789012345678.0, "123456789012345680")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(-1.25e100, "-1.25e+100")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    public void WritesValuesAsPrometheusDoes(double value, string expected)
    {
        Span<byte> text = stackalloc byte[SampleText.MaxLength];
        Assert.Equal(expected, Encoding.ASCII.GetString(text[..SampleText.WriteValue(text, value)]));
    }

    [Fact]
    public void WritesTextThatReadsBackAsTheSameFloat()
    {
        var random = new Random(20260304);
        Span<byte> text = stackalloc byte[SampleText.MaxLength];
        for (var round = 0; round < 200_000; round++)
        {
            var value = round % 2 == 0 ? BitConverter.Int64BitsToDouble(random.NextInt64()) : random.NextDouble() * Math.Pow(10, random.Next(-12, 26));
            if (double.IsNaN(value))
            {
                continue;
            }

            var written = Encoding.ASCII.GetString(text[..SampleText.WriteValue(text, value)]);
            Assert.Equal(value, written == "+Inf" ? double.PositiveInfinity : double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void WritesShortDecimalsAsShortlyAsTheyCanBe()
    {
        var random = new Random(42);
        Span<byte> text = stackalloc byte[SampleText.MaxLength];
        for (var round = 0; round < 200_000; round++)
        {
            var value = random.NextInt64(-1_000_000_000_000, 1_000_000_000_000) / Math.Pow(10, random.Next(9));
            var expected = value.ToString("R", CultureInfo.InvariantCulture);
            if (!expected.Contains('E', StringComparison.Ordinal))
            {
                Assert.Equal(expected, Encoding.ASCII.GetString(text[..SampleText.WriteValue(text, value)]));
            }
        }
    }

    [Fact]
    public void WritesPairs()
    {
        Span<byte> text = stackalloc byte[SampleText.MaxLength * 2];
        Assert.Equal("[1435781430.781,\"0.5\"]", Encoding.ASCII.GetString(text[..SampleText.WritePair(text, 1435781430781, 0.5)]));
    }
}
