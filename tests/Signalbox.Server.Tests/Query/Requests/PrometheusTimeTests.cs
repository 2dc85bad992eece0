using Signalbox.Server.Query.Requests;
using Xunit;

namespace Signalbox.Server.Tests.Query.Requests;

public sealed class PrometheusTimeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1435781430.781", 1435781430781)]
    [InlineData("1435781430.29", 1435781430290)]
    [InlineData("-1.5", -1500)]
    [InlineData("1.5e3", 1_500_000)]
    [InlineData("2015-07-01T20:10:51.781Z", 1435781451781)]
    [InlineData("2015-07-01T20:10:51.781999999Z", 1435781451781)]
    [InlineData("2015-07-01T22:10:51+02:00", 1435781451000)]
    [InlineData("-292273086-05-16T16:47:06Z", PrometheusTime.Earliest)]
    [InlineData("292277025-08-18T07:12:54.999999999Z", PrometheusTime.Latest)]
    public void ReadsSecondsAndRfc3339(string text, long milliseconds)
    {
        Assert.True(PrometheusTime.TryParse(text, out var parsed));
        Assert.Equal(milliseconds, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e300")]
    [InlineData("2015-07-01")]
    [InlineData("2015-07-01T20:10:51")]
    [InlineData("2015-13-01T20:10:51Z")]
    [InlineData("1,5")]
    public void RefusesWhatIsNoTime(string text) => Assert.False(PrometheusTime.TryParse(text, out _));

    [Theory]
    [InlineData("15", 15_000)]
    [InlineData("0.5", 500)]
    [InlineData("-1", -1000)]
    [InlineData("5m", 300_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1d500ms", 86_400_500)]
    public void ReadsDurations(string text, long milliseconds)
    {
        Assert.True(PrometheusTime.TryParseDuration(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5x")]
    [InlineData("NaN")]
    [InlineData("1e40")]
    [InlineData("1m1h")]
    public void RefusesWhatIsNoDuration(string text) => Assert.False(PrometheusTime.TryParseDuration(text, out _));

    [Fact]
    public void NeverThrowsOnRandomText()
    {
        var random = new Random(4711);
        const string Alphabet = "0123456789.-+:TZehms E_\0é";
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Create(random.Next(30), random, static (span, random) =>
            {
                foreach (ref var c in span)
                {
                    c = Alphabet[random.Next(Alphabet.Length)];
                }
            });
            Assert.True(!PrometheusTime.TryParse(text, out var time) || time is >= PrometheusTime.Earliest and <= PrometheusTime.Latest);
            Assert.True(!PrometheusTime.TryParseDuration(text, out var duration) || duration > TimeSpan.MinValue);
            Assert.NotNull(LabelNameEscape.Unescape("U__" + text));
        }
    }
}
