using System.Buffers;
using System.Text;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Exposition;
using Signalbox.Testing.Processes;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Exposition;

public sealed class ExpositionWriterTests
{
    private const string Promtool = "/usr/bin/promtool";

    [Fact]
    public void WritesTextThatReadsAsItWasMeant() => Assert.Equal(
        """
        # HELP jobs_total Jobs that "ran", by state.\nAll of them.
        # TYPE jobs_total counter
        jobs_total{state="a\"b\\c\nd"} 3
        # TYPE queue_length gauge
        queue_length 1.5 1234
        # HELP run_seconds How long runs take.
        # TYPE run_seconds histogram
        run_seconds_bucket{job="x",le="0.5"} 1
        run_seconds_bucket{job="x",le="2"} 3
        run_seconds_bucket{job="x",le="+Inf"} 6
        run_seconds_sum{job="x"} 12.5
        run_seconds_count{job="x"} 6
        # TYPE wait_seconds summary
        wait_seconds{quantile="0.5"} 1
        wait_seconds_sum 7
        wait_seconds_count 4
        # TYPE build_info gauge
        build_info{version="1"} 1
        # TYPE "my.metric" untyped
        {"my.metric","lab.el"="v"} NaN

        """,
        Write(ExpositionFormat.PrometheusText));

    [Fact]
    public void WritesOpenMetricsThatReadsAsItWasMeant() => Assert.Equal(
        """
        # HELP jobs Jobs that \"ran\", by state.\nAll of them.
        # TYPE jobs counter
        jobs_total{state="a\"b\\c\nd"} 3
        # TYPE queue_length gauge
        queue_length 1.5 1.234
        # HELP run_seconds How long runs take.
        # TYPE run_seconds histogram
        # UNIT run_seconds seconds
        run_seconds_bucket{job="x",le="0.5"} 1
        run_seconds_bucket{job="x",le="2.0"} 3
        run_seconds_bucket{job="x",le="+Inf"} 6
        run_seconds_sum{job="x"} 12.5
        run_seconds_count{job="x"} 6
        # TYPE wait_seconds summary
        wait_seconds{quantile="0.5"} 1
        wait_seconds_sum 7
        wait_seconds_count 4
        # TYPE build info
        build_info{version="1"} 1
        # TYPE "my.metric" unknown
        {"my.metric","lab.el"="v"} NaN
        # EOF

        """,
        Write(ExpositionFormat.OpenMetrics));

    [Theory]
    [InlineData(ExpositionFormat.PrometheusText)]
    [InlineData(ExpositionFormat.OpenMetrics)]
    public void IsReadBackByTheParser(ExpositionFormat format)
    {
        using var batch = new MetricBatch();

        var summary = ExpositionParser.Parse(Encoding.UTF8.GetBytes(Write(format)), format, 0, batch);

        Assert.Equal(12, summary.Samples);
        Assert.Equal(6, batch.Metadata.Count);
        Assert.Contains("jobs_total{state=\"a\\\"b\\\\c\\nd\"} 3 @0", BatchText.Lines(batch));
        Assert.Contains("queue_length 1.5 @1234", BatchText.Lines(batch));
    }

    [Fact]
    public async Task SatisfiesPromtool()
    {
        Assert.SkipUnless(File.Exists(Promtool), "promtool is not installed (Debian package prometheus).");
        var output = new ArrayBufferWriter<byte>();
        var writer = new ExpositionWriter(output, ExpositionFormat.PrometheusText);
        writer.BeginFamily("signalbox_requests", MetricType.Counter, "Requests.");
        writer.Sample([new Label("code", "200"), new Label("path", "a\\b\n\"c\"")], 17);
        writer.BeginFamily("signalbox_run_seconds", MetricType.Histogram, "Run time.");
        writer.Histogram([], [0.5, 2], [1, 2, 3], 12.5);
        writer.BeginFamily("signalbox_wait_seconds", MetricType.Summary, "Waiting time.");
        writer.Summary([], [(0.5, 1)], 7, 4);
        writer.BeginFamily("signalbox_heap_bytes", MetricType.Gauge, "Heap.");
        writer.Sample([], 1e9);
        writer.Complete();

        var result = await ChildProcess.RunAsync(Promtool, ["check", "metrics"], TestContext.Current.CancellationToken, Encoding.UTF8.GetString(output.WrittenSpan));

        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error + result.Output));
    }

    [Theory]
    [InlineData("application/openmetrics-text;version=1.0.0,text/plain;q=0.5", ExpositionFormat.OpenMetrics)]
    [InlineData("text/plain", ExpositionFormat.PrometheusText)]
    [InlineData("*/*", ExpositionFormat.PrometheusText)]
    [InlineData(null, ExpositionFormat.PrometheusText)]
    public void ChoosesTheFormatThatIsAskedFor(string? accept, ExpositionFormat expected)
    {
        Assert.Equal(expected, ExpositionContentType.Negotiate(accept));
        Assert.Equal(expected, ExpositionContentType.FormatOf(ExpositionContentType.Of(expected)));
    }

    private static string Write(ExpositionFormat format)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new ExpositionWriter(output, format);
        writer.BeginFamily("jobs", MetricType.Counter, "Jobs that \"ran\", by state.\nAll of them.");
        writer.Sample([new Label("state", "a\"b\\c\nd")], 3);
        writer.BeginFamily("queue_length", MetricType.Gauge, "");
        writer.Sample([], 1.5, 1234);
        writer.BeginFamily("run_seconds", MetricType.Histogram, "How long runs take.", "seconds");
        writer.Histogram([new Label("job", "x")], [0.5, 2], [1, 2, 3], 12.5);
        writer.BeginFamily("wait_seconds", MetricType.Summary, "");
        writer.Summary([], [(0.5, 1)], 7, 4);
        writer.BeginFamily("build", MetricType.Info, "");
        writer.Sample([new Label("version", "1")], 1);
        writer.BeginFamily("my.metric", MetricType.Unknown, "");
        writer.Sample([new Label("lab.el", "v")], double.NaN);
        writer.Complete();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
