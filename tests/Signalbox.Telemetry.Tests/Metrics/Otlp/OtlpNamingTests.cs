using System.Text;
using Signalbox.Telemetry.Metrics.Otlp;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Otlp;

public sealed class OtlpNamingTests
{
    [Theory]
    [InlineData("requests", "", "s", "requests_total")]
    [InlineData("requests_total", "", "s", "requests_total")]
    [InlineData("total.requests", "1", "s", "requests_total")]
    [InlineData("requests", "1/s", "s", "requests_per_second_total")]
    [InlineData("cpu.usage", "1", "g", "cpu_usage_ratio")]
    [InlineData("cpu.ratio.usage", "1", "g", "cpu_usage_ratio")]
    [InlineData("items", "1", "h", "items")]
    [InlineData("http.server.duration", "s", "h", "http_server_duration_seconds")]
    [InlineData("http.server.duration.seconds", "s", "h", "http_server_duration_seconds")]
    [InlineData("throughput", "By/s", "g", "throughput_bytes_per_second")]
    [InlineData("storage", "MiBy", "g", "storage_mebibytes")]
    [InlineData("used", "%", "g", "used_percent")]
    [InlineData("temp", "Cel", "g", "temp_celsius")]
    [InlineData("speed", "m/s", "g", "speed_meters_per_second")]
    [InlineData("rate", "{request}/s", "g", "rate_per_second")]
    [InlineData("custom", "{things}", "g", "custom")]
    [InlineData("custom", "By/{thing}", "g", "custom_bytes")]
    [InlineData("custom", "custom_unit", "g", "custom_custom_unit")]
    [InlineData("custom", "unit@with#special/chars", "g", "custom_unit_with_special_per_chars")]
    [InlineData("a__b..c", "u__v", "g", "a_b_c_u_v")]
    [InlineData("_leading_", "", "g", "leading")]
    [InlineData("job:rule", "", "g", "job:rule")]
    [InlineData("2xx.responses", "", "s", "_2xx_responses_total")]
    [InlineData("gr\u00f6\u00dfe", "", "g", "gr_e")]
    [InlineData("@#$%", "", "g", "")]
    [InlineData("", "", "g", "")]
    public void EscapesAndAppendsByDefault(string name, string unit, string kind, string expected) =>
        Assert.Equal(expected, Translate(OtlpTranslationStrategy.UnderscoreEscapingWithSuffixes, name, unit, kind));

    [Theory]
    [InlineData("requests", "By", "s", "requests")]
    [InlineData("metric@@##$$name", "", "g", "metric_name")]
    [InlineData("a__b", "1", "g", "a__b")]
    [InlineData("123metric", "", "g", "_123metric")]
    [InlineData("@#$%", "", "g", "")]
    public void EscapesWithoutSuffixes(string name, string unit, string kind, string expected) =>
        Assert.Equal(expected, Translate(OtlpTranslationStrategy.UnderscoreEscapingWithoutSuffixes, name, unit, kind));

    [Theory]
    [InlineData("requ\u00eats", "1/s", "s", "requ\u00eats_per_second_total")]
    [InlineData("requests_total", "", "s", "requests_total")]
    [InlineData("cpu_seconds_total", "s", "s", "cpu_seconds_total")]
    [InlineData("cpu.usage_ratio", "1", "g", "cpu.usage_ratio")]
    [InlineData("response.time", "ms", "h", "response.time_milliseconds")]
    [InlineData("response_time_seconds", "s", "g", "response_time_seconds")]
    [InlineData("@#$%", "", "s", "@#$%_total")]
    public void AppendsWithoutEscaping(string name, string unit, string kind, string expected) =>
        Assert.Equal(expected, Translate(OtlpTranslationStrategy.NoUTF8EscapingWithSuffixes, name, unit, kind));

    [Fact]
    public void LeavesNamesAloneWhenAsked()
    {
        Assert.Equal("a.b c", Translate(OtlpTranslationStrategy.NoTranslation, "a.b c", "By", "s"));
        Assert.Equal("a.b c", Label("a.b c", OtlpTranslationStrategy.NoTranslation));
    }

    [Theory]
    [InlineData("http.method", "http_method")]
    [InlineData("a..b", "a__b")]
    [InlineData("123invalid", "key_123invalid")]
    [InlineData("_private", "key_private")]
    [InlineData(".dotted", "key_dotted")]
    [InlineData("__reserved__", "__reserved__")]
    [InlineData("\u00fcber", "key_ber")]
    [InlineData("\u65e5\u672cx", "__x")]
    [InlineData("\u65e5\u672c", "")]
    [InlineData("_", "key_")]
    [InlineData("", "")]
    public void EscapesLabelNames(string key, string expected) => Assert.Equal(expected, Label(key, OtlpTranslationStrategy.UnderscoreEscapingWithSuffixes));

    [Theory]
    [InlineData(1, "1")]
    [InlineData(0.005, "0.005")]
    [InlineData(1e-7, "0.0000001")]
    [InlineData(1.25e-10, "0.000000000125")]
    [InlineData(1e21, "1000000000000000000000")]
    [InlineData(1.5e16, "15000000000000000")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(-1.5e-9, "-0.0000000015")]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NaN, "NaN")]
    public void WritesBoundsWithoutExponents(double value, string expected) => Assert.Equal(expected, OtlpNumberText.Plain(value));

    private static string Translate(OtlpTranslationStrategy strategy, string name, string unit, string kind) =>
        new OtlpNaming(strategy).MetricName(name, unit, isMonotonicSum: kind == "s", isGauge: kind == "g");

    private static string Label(string key, OtlpTranslationStrategy strategy)
    {
        var utf8 = Encoding.UTF8.GetBytes(key);
        var destination = new byte[utf8.Length + 4];
        return Encoding.UTF8.GetString(destination, 0, new OtlpNaming(strategy).WriteLabelName(utf8, destination));
    }
}
