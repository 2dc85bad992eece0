using System.Text;
using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Families;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Exposition;
using Signalbox.Testing.Processes;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Families;

public sealed class FamilyExpositionTests
{
    [Fact]
    public void WritesTheTextFormat() => Assert.Equal(
        """
        # HELP a_total Help with \\ and\nline.
        # TYPE a_total counter
        a_total{path="C:\\\"x\"\n"} 1.5
        # HELP g A gauge.
        # TYPE g gauge
        g NaN

        """.ReplaceLineEndings("\n"),
        Text(Families(), ExpositionFormat.PrometheusText));

    [Fact]
    public void NamesACounterWithoutItsSuffixInOpenMetricsAndEndsTheText()
    {
        var text = Text(Families(), ExpositionFormat.OpenMetrics);

        Assert.Contains("# TYPE a counter\na_total{", text, StringComparison.Ordinal);
        Assert.EndsWith("# EOF\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExpositionFormat.PrometheusText)]
    [InlineData(ExpositionFormat.OpenMetrics)]
    public void OurOwnParserReadsBackWhatWasWritten(ExpositionFormat format)
    {
        using var batch = new MetricBatch();

        ExpositionParser.Parse(FamilyExposition.Write(Families().All, format).Span, format, 1000, batch);

        Assert.Equal(Labels.From((Labels.MetricName, "a_total"), ("path", "C:\\\"x\"\n")), SeriesKey.ToLabels(batch.KeyOf(0)));
        Assert.Equal(1.5, batch.SamplesOf(0)[0].Value);
        Assert.Equal(2, batch.SeriesCount);
    }

    [Fact]
    public async Task PromtoolFindsNothingToSayAgainstTheFormat()
    {
        var promtool = DebianPackage.Promtool.Require();
        var families = Families();
        families.Family("h_seconds", MetricType.Histogram, "A histogram.")
            .Add(new BucketCounts([0.5, 1], [1, 0, 1], 3));

        var result = await ChildProcess.RunAsync(promtool, ["check", "metrics"], TestContext.Current.CancellationToken, Text(families, ExpositionFormat.PrometheusText));

        Assert.True(result.ExitCode == 0, result.Error + result.Output);
    }

    private static string Text(FamilyList families, ExpositionFormat format) => Encoding.UTF8.GetString(FamilyExposition.Write(families.All, format).Span);

    private static FamilyList Families()
    {
        var families = new FamilyList();
        families.Counter("a_total", "Help with \\ and\nline.").Add(1.5, new Label("path", "C:\\\"x\"\n"), new Label("absent", string.Empty));
        families.Gauge("g", "A gauge.").Add(double.NaN);
        families.Gauge("empty", "Has no samples.");
        return families;
    }
}
