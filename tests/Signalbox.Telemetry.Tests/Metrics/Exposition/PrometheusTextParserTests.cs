using System.Text;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Exposition;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Exposition;

public sealed class PrometheusTextParserTests
{
    [Fact]
    public void ReadsWhatExportersWrite()
    {
        var (lines, metadata) = Parse(
            "# HELP http_requests_total The total number of\\nHTTP \\\\ requests.\n"
            + "# TYPE http_requests_total counter\n"
            + "http_requests_total{method=\"post\",code=\"200\"} 1027 1395066363000\n"
            + "http_requests_total{method=\"post\",code=\"400\",}\t3 -1\n"
            + "\n# A comment, and an odd one:\n#\n   # TYPE   spaced \t gauge  \n"
            + "msdos_file_access_time_seconds{path=\"C:\\\\DIR\\\\F\\x\",error=\"no \\\"f\\\"\\n\"} 1.458255915e9\n"
            + "no_labels 12.47\nwith_space { a = \"b\" , c=\"\" } +Inf\n  nan NaN\n"
            + "neg -Inf");

        Assert.Equal(
            [
                "http_requests_total{code=\"200\", method=\"post\"} 1027 @1395066363000",
                "http_requests_total{code=\"400\", method=\"post\"} 3 @-1",
                "msdos_file_access_time_seconds{error=\"no \\\"f\\\"\\n\", path=\"C:\\\\DIR\\\\F\\\\x\"} 1458255915 @42",
                "no_labels 12.47 @42",
                "with_space{a=\"b\"} Infinity @42",
                "nan NaN @42",
                "neg -Infinity @42",
            ],
            lines);
        Assert.Equal(
            [
                new MetricMetadata("http_requests_total", MetricType.Counter, "The total number of\nHTTP \\ requests.", ""),
                new MetricMetadata("spaced", MetricType.Gauge, "", ""),
            ],
            metadata);
    }

    [Fact]
    public void ReadsQuotedUtf8Names()
    {
        var (lines, _) = Parse("{\"my.metric\", a=\"b\"} 1\n{\"other\"} 2\n");

        Assert.Equal(["{\"my.metric\", a=\"b\"} 1 @42", "other 2 @42"], lines);
    }

    [Theory]
    [InlineData("a", "value is missing")]
    [InlineData("a{b=\"c\" 1", "',' or '}'")]
    [InlineData("a{b=\"c} 1", "not closed")]
    [InlineData("a{b} 1", "'=' is missing")]
    [InlineData("a{b=c} 1", "not quoted")]
    [InlineData("a{,} 1", "label name is missing")]
    [InlineData("{b=\"c\"} 1", "metric name is missing")]
    [InlineData("{} 1", "metric name is missing")]
    [InlineData("{\"\"} 1", "empty")]
    [InlineData("a 1 1.5", "milliseconds")]
    [InlineData("a 1 1 1", "text follows")]
    [InlineData("a 0x10", "not a number")]
    [InlineData("a 1_000", "not a number")]
    [InlineData("a{b=\"1\",b=\"2\"} 1", "appears twice")]
    [InlineData("# TYPE a flux", "no known type")]
    [InlineData("# TYPE", "no valid metric name")]
    [InlineData("1a 1", "name is missing or not valid")]
    public void RefusesAndSaysWhy(string text, string reason)
    {
        var exception = Assert.Throws<ExpositionFormatException>(() => Parse("good 1\n" + text + "\n"));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, exception.LineNumber);
    }

    [Fact]
    public void RefusesALineWithVeryManyLabels()
    {
        var labels = string.Join(',', Enumerable.Range(0, 600).Select(static index => $"l{index}=\"v\""));

        Assert.Contains("more than 512 labels", Assert.Throws<ExpositionFormatException>(() => Parse($"a{{{labels}}} 1\n")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefusesTextThatIsNotUtf8()
    {
        byte[] text = [.. "good 1\nbad{a=\""u8, 0xff, .. "\"} 1\n"u8];
        using var batch = new MetricBatch();

        var exception = Assert.Throws<ExpositionFormatException>(() => ExpositionParser.Parse(text, ExpositionFormat.PrometheusText, 0, batch));

        Assert.Equal(2, exception.LineNumber);
    }

    [Fact]
    public void GivesTheSameTextForTheSameSeriesSoThatAScrapeCanCacheIt()
    {
        var visitor = new TextCollector();

        ExpositionParser.Parse("a{b=\"c}\"} 1\na{b=\"c}\"} 2 3\nd 4\n"u8, ExpositionFormat.PrometheusText, visitor);

        Assert.Equal(["a{b=\"c}\"}", "a{b=\"c}\"}", "d"], visitor.Texts);
    }

    private static (string[] Lines, IReadOnlyList<MetricMetadata> Metadata) Parse(string text)
    {
        using var batch = new MetricBatch();
        ExpositionParser.Parse(Encoding.UTF8.GetBytes(text), ExpositionFormat.PrometheusText, 42, batch);
        return (BatchText.Lines(batch), [.. batch.Metadata]);
    }

    private sealed class TextCollector : IExpositionVisitor
    {
        public List<string> Texts { get; } = [];

        public void OnMetadata(in ExpositionMetadata metadata) => Texts.Add(metadata.ToMetricMetadata().Family);

        public void OnSample(in ExpositionSample sample) => Texts.Add(Encoding.UTF8.GetString(sample.SeriesText));
    }
}
