using Microsoft.Extensions.DependencyInjection;
using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Scrape;
using Signalbox.Server.Platform.Telemetry;
using Signalbox.Server.Tests.Identity;
using Signalbox.Telemetry;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Scrape;

/// <summary>Scraping as a user sets it up: a file, a server, and what then stands in the store.</summary>
public sealed class ScrapeServiceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ScrapesARealPrometheusAndListsIt()
    {
        await using var prometheus = await PrometheusProcess.StartAsync("global: {scrape_interval: 1h}\n", Cancel);
        using var folder = new TemporaryFolder();
        await using var server = await StartAsync(folder, $"[{{job_name: prometheus, scrape_interval: 1s, static_configs: [{{targets: ['{prometheus.Address.Authority}']}}]}}]");

        var build = await server.WaitForAsync(TenantId.Default, "prometheus_build_info", Cancel);
        var up = await server.WaitForAsync(TenantId.Default, "up", Cancel, ("job", "prometheus"));

        Assert.Equal(prometheus.Address.Authority, build.Labels.Get("instance"));
        Assert.Contains(1, up.Values);
        Assert.NotEmpty(await server.SeriesAsync(TenantId.Default, "prometheus_tsdb_compaction_chunk_range_seconds_bucket", Cancel, ("le", "+Inf")));
        var targets = server.Services.GetRequiredService<ITargetList>();
        await Eventually.HoldsAsync("the target is up", () => Task.FromResult(Assert.Single(targets.Active(TenantId.Default)).Health == TargetHealth.Up), Cancel);
        Assert.Empty(targets.Active(new TenantId("other")));
        using var client = server.Client(server.AdminToken);
        await Eventually.HoldsAsync(
            "it is listed as up",
            async () => (string?)Assert.Single((await client.JsonAsync(HttpMethod.Get, "/prometheus/api/v1/targets"))["data"]!["activeTargets"]!.AsArray(), static target => (string?)target!["scrapePool"] == "prometheus")!["health"] == "up",
            Cancel);
    }

    [Fact]
    public async Task TargetFilesAreReadAgainWhenTheyChange()
    {
        await using var first = await FakeTarget.StartAsync(Cancel);
        await using var second = await FakeTarget.StartAsync(Cancel);
        first.Text = second.Text = "a 1\n";
        using var folder = new TemporaryFolder();
        folder.Write("targets/one.json", $$$"""[{"targets": ["{{{first.Address}}}"], "labels": {"env": "x"}}]""");
        await using var server = await StartAsync(folder, "[{job_name: files, scrape_interval: 1s, file_sd_configs: [{files: ['targets/*.json']}]}]");
        var service = server.Services.GetRequiredService<ScrapeService>();
        var series = await server.WaitForAsync(TenantId.Default, "a", Cancel, ("instance", first.Address));
        Assert.Equal("x", series.Labels.Get("env"));

        // Another length, so that the change is seen even within one tick of the file system's clock.
        folder.Replace("targets/one.json", $$$"""[{"targets": ["{{{second.Address}}}"], "labels": {"env": "longer"}}]""");
        await service.RunOnceAsync(Cancel);
        await server.WaitForAsync(TenantId.Default, "a", Cancel, ("instance", second.Address));

        Assert.Equal([second.Address], service.Active(TenantId.Default).Select(static target => target.Labels.Get("instance")));
        var ended = Assert.Single(await server.SeriesAsync(TenantId.Default, "a", Cancel, ("instance", first.Address)));
        Assert.True(StaleMarker.Is(ended.Last));
    }

    [Fact]
    public async Task AFileThatCannotBeReadKeepsItsTargets()
    {
        using var folder = new TemporaryFolder();
        folder.Write("targets/one.yml", "- targets: ['127.0.0.1:1']\n");
        await using var server = await StartAsync(folder, "[{job_name: files, file_sd_configs: [{files: ['targets/*.yml']}]}]");
        var service = server.Services.GetRequiredService<ScrapeService>();
        await service.RunOnceAsync(Cancel);

        // At once: the server looks by itself, too, and a file that is being written is empty for a moment.
        folder.Replace("targets/one.yml", "- targets: [[[\n");
        await service.RunOnceAsync(Cancel);

        Assert.Single(service.Active(TenantId.Default));
    }

    [Fact]
    public async Task MoreTargetsThanThereIsRoomForAreLeftOut()
    {
        using var folder = new TemporaryFolder();
        await using var server = await StartAsync(folder, "[{job_name: many, static_configs: [{targets: ['127.0.0.1:1', '127.0.0.1:2', '127.0.0.1:3']}]}]\nscrape: {max_targets: 2}");
        var service = server.Services.GetRequiredService<ScrapeService>();

        await service.RunOnceAsync(Cancel);

        Assert.Equal(2, service.Active(TenantId.Default).Count);
    }

    private static Task<TestServer> StartAsync(TemporaryFolder folder, string scrapeConfigs) => TestServer.StartAsync(Cancel, new TestServerSetup
    {
        ConfigurationFile = folder.Write("signalbox.yaml", $"host: {{enabled: false}}\nself: {{enabled: false}}\nscrape_configs: {scrapeConfigs}\n"),
    });
}
