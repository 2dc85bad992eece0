using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Scrape;
using Signalbox.Server.Ingest.Scrape.Discovery;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Scrape;

public sealed class TargetBuilderTests
{
    [Fact]
    public void ATargetGetsJobInstanceAndItsGroupsLabels()
    {
        var target = Assert.Single(Build("static_configs: [{targets: ['h:1'], labels: {env: prod, __meta_x: y}}]")).Target!;

        Assert.Equal(Labels.From(("job", "j"), ("instance", "h:1"), ("env", "prod")), target.Labels);
        Assert.Equal("http://h:1/metrics", target.Url.AbsoluteUri);
        Assert.Equal("1m", target.Discovered.Get("__scrape_interval__"));
        Assert.Equal("y", target.Discovered.Get("__meta_x"));
    }

    [Fact]
    public void RelabellingSaysWhereAndHowToScrape()
    {
        var target = Assert.Single(Build("""
            params: {module: [a, b], keep: [c]}
                static_configs: [{targets: ['https-site']}]
                relabel_configs:
                  - {source_labels: [__address__], target_label: __param_target}
                  - {source_labels: [__param_target], target_label: instance}
                  - {target_label: __address__, replacement: 'prober:9115'}
                  - {target_label: __metrics_path__, replacement: '/probe'}
                  - {target_label: __scheme__, replacement: https}
                  - {target_label: __param_module, replacement: z}
                  - {target_label: __scrape_interval__, replacement: 20s}
            """)).Target!;

        Assert.Equal("https://prober:9115/probe?keep=c&module=z&module=b&target=https-site", target.Url.AbsoluteUri);
        Assert.Equal("https-site", target.Labels.Get("instance"));
        Assert.Equal(TimeSpan.FromSeconds(20), target.Interval);
    }

    [Fact]
    public void DroppedTargetsAreKeptForTheList()
    {
        var verdict = Assert.Single(Build("""
            static_configs: [{targets: ['h:1']}]
                relabel_configs: [{action: drop, source_labels: [__address__], regex: 'h:.*'}]
            """));

        Assert.Null(verdict.Target);
        Assert.Null(verdict.Error);
        Assert.Equal("h:1", verdict.Discovered.Get("__address__"));
    }

    [Theory]
    [InlineData("__address__", "")]
    [InlineData("__address__", "h:1/path")]
    [InlineData("__scheme__", "ftp")]
    [InlineData("__scrape_interval__", "never")]
    [InlineData("__scrape_timeout__", "2m")]
    public void WhatRelabellingMadeUnusableIsSaid(string label, string value) =>
        Assert.NotNull(Assert.Single(Build($"static_configs: [{{targets: ['h:1']}}]\n    relabel_configs: [{{target_label: {label}, replacement: '{value}'}}]")).Error);

    [Fact]
    public void TargetsAreSpreadOverTheIntervalTheSameEachTime()
    {
        var targets = Build($"static_configs: [{{targets: [{string.Join(", ", Enumerable.Range(0, 300).Select(static port => $"'h:{port}'"))}]}}]").Select(static verdict => verdict.Target!).ToList();
        var now = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

        var offsets = targets.Select(target => ScrapeOffset.Of(target, now)).ToList();

        Assert.All(offsets, offset => Assert.InRange(offset, TimeSpan.Zero, TimeSpan.FromMinutes(1)));
        Assert.All(Enumerable.Range(0, 6), tenth => Assert.InRange(offsets.Count(offset => (int)(offset.TotalSeconds / 10) == tenth), 25, 80));
        Assert.Equal(offsets[0], ScrapeOffset.Of(targets[0], now.AddMinutes(3)));
        Assert.Equal(offsets[0] - TimeSpan.FromMilliseconds(1), ScrapeOffset.Of(targets[0], now.AddMilliseconds(1)));
    }

    private static List<TargetVerdict> Build(string yaml)
    {
        var config = Assert.Single(ScrapeConfigText.Read($"scrape_configs:\n  - job_name: j\n    {yaml}\n").Configs);
        return [.. config.StaticGroups.SelectMany(new TargetBuilder(config).Build)];
    }
}
