using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Scrape;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Scrape;

public sealed class SampleLabelsTests
{
    private static readonly Labels Target = Labels.From(("job", "j"), ("instance", "h:1"));

    [Fact]
    public void TheTargetsLabelsWinAndTheSamplesMoveAside() => Assert.Equal(
        Labels.From((Labels.MetricName, "m"), ("job", "j"), ("instance", "h:1"), ("exported_job", "own")),
        Of(string.Empty).Of(Labels.From((Labels.MetricName, "m"), ("job", "own"))));

    [Fact]
    public void ALabelThatMovesAsideTakesNoOthersPlace()
    {
        var labels = Of(string.Empty).Of(Labels.From((Labels.MetricName, "m"), ("job", "own"), ("exported_job", "older")))!;

        Assert.Equal("older", labels.Get("exported_job"));
        Assert.Equal("own", labels.Get("exported_exported_job"));
    }

    [Fact]
    public void HonouredLabelsStayAndOnlyMissingOnesAreAdded() => Assert.Equal(
        Labels.From((Labels.MetricName, "m"), ("job", "own"), ("instance", "h:1")),
        Of("honor_labels: true").Of(Labels.From((Labels.MetricName, "m"), ("job", "own"))));

    [Fact]
    public void MetricRelabellingDropsAndRenames()
    {
        var labels = Of("metric_relabel_configs: [{action: drop, source_labels: [__name__], regex: go_.*}, {action: labeldrop, regex: secret}]");

        Assert.Null(labels.Of(Labels.From((Labels.MetricName, "go_threads"))));
        Assert.False(labels.Of(Labels.From((Labels.MetricName, "m"), ("secret", "x")))!.Has("secret"));
    }

    [Theory]
    [InlineData("label_limit: 3", "label_limit = 3")]
    [InlineData("label_name_length_limit: 7", "label_name_length_limit = 7")]
    [InlineData("label_value_length_limit: 4", "label_value_length_limit = 4")]
    public void LimitsFailTheScrapeUnderTheirName(string limit, string expected)
    {
        var exception = Assert.Throws<ScrapeException>(() => Of(limit).Of(Labels.From((Labels.MetricName, "m"), ("a", "long value"))));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private static SampleLabels Of(string yaml) => new(Assert.Single(ScrapeConfigText.Read($"scrape_configs:\n  - job_name: j\n    {yaml}\n").Configs), Target);
}
