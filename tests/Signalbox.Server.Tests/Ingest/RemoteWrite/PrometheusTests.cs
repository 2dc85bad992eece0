using Signalbox.PromQL.Model;
using Signalbox.Telemetry;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.RemoteWrite;

/// <summary>Debian's Prometheus sends to us by remote write and scrapes us, as a user would set it up.</summary>
public sealed class PrometheusTests
{
    [Fact]
    public async Task ARealPrometheusWritesToUsAndScrapesUs()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var server = await TestServer.StartAsync(cancellationToken);
        await using var prometheus = await PrometheusProcess.StartAsync(
            $"""
            global:
              scrape_interval: 1s
              external_labels:
                replica: a
            scrape_configs:
              - job_name: signalbox-from-outside
                authorization:
                  credentials: {server.AdminToken}
                static_configs:
                  - targets: ['{server.Address.Authority}']
            remote_write:
              - url: {server.Address}prometheus/api/v1/write
                authorization:
                  credentials: {server.AdminToken}
                metadata_config:
                  send_interval: 1s
            """,
            cancellationToken);

        // What Prometheus scraped from our own /metrics comes back to us through its remote write.
        // Its first scrapes have a second each, within which a server that has just begun on a busy machine may not answer.
        await Eventually.HoldsAsync(
            "it scrapes us",
            async () => (await server.WaitForAsync(TenantId.Default, "up", cancellationToken, ("job", "signalbox-from-outside"), ("replica", "a"))).Values.Contains(1),
            cancellationToken);
        var build = await server.WaitForAsync(TenantId.Default, "signalbox_build_info", cancellationToken, ("job", "signalbox-from-outside"));

        Assert.Equal(server.Address.Authority, build.Labels.Get("instance"));
        Assert.Equal("a", build.Labels.Get("replica"));
        Assert.False(StaleMarker.Is(build.Values[0]));
    }
}
