using Signalbox.EndToEnd.Tests.Program;
using Signalbox.Testing.Files;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Clients;

public sealed class PrometheusTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task APrometheusScrapesUsWithATokenAndWritesWhatItFoundBackToUs()
    {
        DebianPackage.Prometheus.Require();
        await using var server = await SignalboxProcess.StartAsync(Cancelled);
        using var calls = new MetricCalls(server.Address, server.AdminToken);
        await using var prometheus = await PrometheusProcess.StartAsync(
            $"""
            global:
              scrape_interval: 1s
              external_labels:
                cluster: outside
            scrape_configs:
              - job_name: box
                authorization:
                  credentials_file: {server.DataFolder}/admin-token
                static_configs:
                  - targets: ["{server.Address.Authority}"]
            remote_write:
              - url: {server.Address}prometheus/api/v1/write
                authorization:
                  credentials_file: {server.DataFolder}/admin-token
            """,
            Cancelled);

        // A scrape has a second, and what it found may be written in parts.
        await calls.WaitForAsync("up{job=\"box\",cluster=\"outside\"} == 1", Cancelled);
        await calls.WaitForAsync("count({job=\"box\",cluster=\"outside\",__name__=~\"signalbox_.+\"}) > 10", Cancelled);
        Assert.Equal(1, await calls.WaitForAsync("count(count by (job) (process_start_time_seconds{job=\"box\"}))", Cancelled));
    }

    [Fact]
    public async Task WeScrapeAPrometheusAndSayWhenItIsGone()
    {
        using var folder = new TemporaryFolder();
        await using var prometheus = await PrometheusProcess.StartAsync("global: {}", Cancelled);
        var file = folder.Write(
            "signalbox.yaml",
            $"""
            scrape_configs:
              - job_name: elder
                scrape_interval: 1s
                scrape_timeout: 1s
                static_configs:
                  - targets: ["{prometheus.Address.Authority}"]
                    labels:
                      site: here
            """);
        await using var server = await SignalboxProcess.StartAsync(Cancelled, null, "--config", file);
        using var calls = new MetricCalls(server.Address, server.AdminToken);

        Assert.Equal(1, await calls.WaitForAsync("up{job=\"elder\",site=\"here\"} == 1", Cancelled));
        Assert.Equal(1, await calls.WaitForAsync("count(prometheus_build_info{job=\"elder\",instance=\"" + prometheus.Address.Authority + "\"})", Cancelled));

        await prometheus.DisposeAsync();
        Assert.Equal(0, await calls.WaitForAsync("up{job=\"elder\"} == 0", Cancelled));
        Assert.Equal(1, await calls.WaitForAsync("absent(prometheus_build_info{job=\"elder\"})", Cancelled));
        Assert.Contains("elder", await calls.Client.GetStringAsync("/prometheus/api/v1/targets", Cancelled), StringComparison.Ordinal);
    }
}
