using System.Text;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Exposition;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Exposition;

public sealed class OpenMetricsParserTests
{
    [Fact]
    public void ReadsFamiliesWithTheirSamplesTimesAndMetadata()
    {
        var (lines, metadata, summary) = Parse(
            """
            # HELP acme_seconds Time \\ spent.\nReally.
            # TYPE acme_seconds histogram
            # UNIT acme_seconds seconds
            acme_seconds_bucket{le="0.5",a="x"} 1 1.5 # {trace_id="1"} 0.4
            acme_seconds_bucket{le="+Inf",a="x"} 2 1.5
            acme_seconds_count{a="x"} 2 1.5
            acme_seconds_sum{a="x"} 0.75 1.5
            # TYPE jobs counter
            jobs_total 17
            # EOF

            """);

        Assert.Equal(
            [
                "acme_seconds_bucket{a=\"x\", le=\"0.5\"} 1 @1500",
                "acme_seconds_bucket{a=\"x\", le=\"+Inf\"} 2 @1500",
                "acme_seconds_count{a=\"x\"} 2 @1500",
                "acme_seconds_sum{a=\"x\"} 0.75 @1500",
                "jobs_total 17 @42",
            ],
            lines);
        Assert.Equal(
            [new MetricMetadata("acme_seconds", MetricType.Histogram, "Time \\ spent.\nReally.", "seconds"), new MetricMetadata("jobs", MetricType.Counter, "", "")],
            metadata);
        Assert.Equal(new ExpositionSummary(5, 1, 0), summary);
    }

    [Fact]
    public void ReadsQuotedUtf8Names()
    {
        var (lines, metadata, _) = Parse("# TYPE \"my.metric\" gauge\n{\"my.metric\",\"lab.el\"=\"w\u00f6\\\"rt\"} 1\n# EOF\n");

        Assert.Equal(["{\"my.metric\", \"lab.el\"=\"w\u00f6\\\"rt\"} 1 @42"], lines);
        Assert.Equal("my.metric", Assert.Single(metadata).Family);
    }

    [Fact]
    public void LeavesOutASampleThatItsSeriesAlreadyHasAtThatTime()
    {
        var (lines, _, summary) = Parse("# TYPE a gauge\na 1 5\na 2 5\na 3 6\n# EOF\n");

        Assert.Equal(["a 1 @5000", "a 3 @6000"], lines);
        Assert.Equal(1, summary.Duplicates);
    }

    [Theory]
    [InlineData("a 1\n", "'# EOF' is missing")]
    [InlineData("a 1\n# EOFblah", "the last line is not")]
    [InlineData("a 1\n# EOF\n\n", "text follows")]
    [InlineData("# TYPE a counter\na 1\n# EOF\n", "clashes")]
    [InlineData("# TYPE a untyped\n# EOF\n", "names no known type")]
    [InlineData("# UNIT a seconds\n# EOF\n", "does not end with its unit")]
    [InlineData("# TYPE a counter\na_total -1\n# EOF\n", "negative")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"0.5\"} 1\n# EOF\n", "no +Inf bucket")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"+Inf\"} 1.5\n# EOF\n", "whole number")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"x\"} 1\n# EOF\n", "le is not a number")]
    [InlineData("# TYPE a summary\na{quantile=\"1.01\"} 1\n# EOF\n", "quantile is not between")]
    [InlineData("# TYPE a gauge\na{b=\"1\"} 0\na{b=\"2\"} 0\na{b=\"1\"} 0\n# EOF\n", "do not stand together")]
    [InlineData("# TYPE a gauge\na 0\na 0 0\n# EOF\n", "only some samples")]
    [InlineData("# TYPE a gauge\na 0 1.1\na 0 1\n# EOF\n", "go backwards")]
    [InlineData("a 1 1e999\n# EOF\n", "not a number of seconds")]
    [InlineData("a-b 1\n# EOF\n", "a space and a value are missing")]
    [InlineData("a {b=\"1\"} 1\n# EOF\n", "not a number")]
    [InlineData("", "'# EOF' is missing")]
    [InlineData("# HELP \n# EOF\n", "neither HELP")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"+Inf\"} 1# {} 1\n# EOF\n", "not a number")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"+Inf\"} 1 #{} 1\n# EOF\n", "not a number of seconds")]
    [InlineData("# TYPE a counter\na_total 1 1 # id=\"a\"} 1\n# EOF\n", "'{' is missing")]
    [InlineData("# TYPE a counter\na_total 1 1 #id=\" # \"} 1\n# EOF\n", "not a number of seconds")]
    [InlineData("# TYPE a counter\na_total 1 # {a=\"b\",a=\"c\"} 1\n# EOF\n", "repeats a label name")]
    [InlineData("# TYPE a histogram\na_count 1 # {a=\"b\"} 0.5\n# EOF\n", "only buckets and counters")]
    [InlineData("# TYPE a summary\na_sum NaN\n# EOF\n", "negative or not a number")]
    [InlineData("# TYPE a summary\na{quantile=\"foo\"} 0\n# EOF\n", "quantile is not between")]
    [InlineData("# TYPE a info\n# TYPE a counter\n# EOF\n", "second TYPE")]
    [InlineData("# TYPE x_u stateset\n# UNIT x_u u\n# EOF\n", "have no unit")]
    [InlineData("a{__name__=\"b\"} 1\n# EOF\n", "appears twice")]
    public void RefusesAndSaysWhy(string text, string reason) =>
        Assert.Contains(reason, OpenMetricsConformanceTests.ErrorOf(Encoding.UTF8.GetBytes(text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("# TYPE a info\na_info{v=\"1\"} 1 1\na_info{v=\"2\"} 1 0\n# EOF\n")]
    [InlineData("# TYPE a stateset\na{a=\"x\",b=\"1\"} 1\na{a=\"y\",b=\"1\"} 0\na{a=\"x\",b=\"2\"} 0\n# EOF\n")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"1\"} 0 1\na_bucket{le=\"+Inf\"} 0 1\na_bucket{le=\"1\"} 0 2\na_bucket{le=\"+Inf\"} 1 2\n# EOF\n")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"-1\"} 0\na_bucket{le=\"+Inf\"} 1\n# EOF\n")]
    [InlineData("# HELP a x\n# EOF\n")]
    [InlineData("a +inf\nb -INFINITY\nc nan\nd .5\ne 5.\nf 1E-3\n# EOF")]
    [InlineData("a{} 1\n# EOF\n")]
    [InlineData("# HELP a \n# UNIT a \n# EOF\n")]
    [InlineData("# TYPE a counter\na_total{b=\"1\"} 1 000\na_total{b=\"2\"} 1 0.0\na_total{b=\"3\"} 1 12345678901234567890.1234567890\na_total{b=\"4\"} 1 1.5e3\n# EOF\n")]
    [InlineData("# TYPE a counter\na_total 9223372036854775808\na_created 1\n# EOF\n")]
    [InlineData("# TYPE a histogram\na_bucket{le=\"1.0\"} 0.0\na_bucket{le=\"+Inf\"} 3.0\na_count 3.0\na_sum 2.0\na_created 5\n# EOF\n")]
    [InlineData("# TYPE a gauge\na{b=\"x\"} +Inf\na{b=\"\"} -Inf\n# EOF\n")]
    public void Accepts(string text) => Assert.Null(OpenMetricsConformanceTests.ErrorOf(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void NamesTheLineOfAnError()
    {
        var exception = Assert.Throws<ExpositionFormatException>(() => Parse("a 1\nb 2\nc x\n# EOF\n"));

        Assert.Equal(3, exception.LineNumber);
        Assert.Equal("Line 3: the value is not a number: 'c x'", exception.Message);
    }

    private static (string[] Lines, IReadOnlyList<MetricMetadata> Metadata, ExpositionSummary Summary) Parse(string text)
    {
        using var batch = new MetricBatch();
        var summary = ExpositionParser.Parse(Encoding.UTF8.GetBytes(text), ExpositionFormat.OpenMetrics, 42, batch);
        return (BatchText.Lines(batch), [.. batch.Metadata], summary);
    }
}
