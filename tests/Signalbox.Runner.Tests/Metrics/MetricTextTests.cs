using FsCheck;
using FsCheck.Fluent;
using Signalbox.Runner.Metrics;
using Xunit;

namespace Signalbox.Runner.Tests.Metrics;

public sealed class MetricTextTests
{
    [Fact]
    public void EscapesWhatTheFormatReserves() => Assert.Equal(
        "# HELP a_total One\\\\two\\nthree \"four\".\n# TYPE a_total counter\na_total{x=\"1\\\\2\\n3\\\"4\ufffd\"} 1.5\n",
        MetricText.Write([new MetricFamily("a_total", MetricKind.Counter, "One\\two\nthree \"four\".", [new MetricSample([new MetricLabel("x", "1\\2\n3\"4\ud800")], 1.5)])]));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(536870912, "536870912")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e21, "1E+21")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(double.NaN, "NaN")]
    public void WritesNumbersThatPrometheusReads(double value, string text) => Assert.Equal(text, MetricText.Number(value));

    [Fact]
    public void EveryLabelValueStaysOnItsLine() =>
        Prop.ForAll<string>(static value =>
        {
            var text = MetricText.Write([new MetricFamily("a", MetricKind.Gauge, value ?? string.Empty, [new MetricSample([new MetricLabel("x", value ?? string.Empty)], 1)])]);
            return text.Count(static character => character == '\n') == 3 && text.EndsWith("\"} 1\n", StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
}
