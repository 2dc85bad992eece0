using Signalbox.Telemetry;
using Signalbox.Testing.Files;
using Signalbox.Testing.Processes;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Otlp;

/// <summary>The real OpenTelemetry SDK for JavaScript sends to us over HTTP, in both encodings.</summary>
public sealed class OpenTelemetryJavaScriptTests
{
    private static readonly string Folder = RepositoryRoot.File("tests", "clients", "otel-js");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BothEncodingsArrive()
    {
        await InstallAsync();
        await using var server = await TestServer.StartAsync(Cancel);
        foreach (var encoding in (string[])["json", "protobuf"])
        {
            var result = await SendAsync(server, encoding, server.AdminToken);

            Assert.True(result.ExitCode == 0, result.Error + result.Output);
            var orders = Assert.Single(await server.SeriesAsync(TenantId.Default, "js_orders_total", Cancel, ("instance", encoding)));
            Assert.Equal(3, orders.Last);
            Assert.Equal("otel-js", orders.Labels.Get("job"));
            Assert.Equal("book", orders.Labels.Get("kind"));
            Assert.Equal(12.5, Assert.Single(await server.SeriesAsync(TenantId.Default, "js_stock", Cancel, ("instance", encoding))).Last);
            Assert.Equal(1, Assert.Single(await server.SeriesAsync(TenantId.Default, "js_latency_seconds_count", Cancel, ("instance", encoding))).Last);
        }
    }

    [Fact]
    public async Task WithoutATokenTheSdkIsToldSo()
    {
        await InstallAsync();
        await using var server = await TestServer.StartAsync(Cancel);

        var result = await SendAsync(server, "json", token: string.Empty);

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(await server.SeriesAsync(TenantId.Default, "js_orders_total", Cancel));
    }

    private static Task<ProcessResult> SendAsync(TestServer server, string encoding, string token) =>
        ChildProcess.RunAsync("node", ["send.mjs", encoding, new Uri(server.OtlpHttp, "/v1/metrics").AbsoluteUri, token], Cancel, workingFolder: Folder);

    /// <summary>Takes exactly what the lock file names; the test is skipped, visibly, where that cannot be had.</summary>
    private static async Task InstallAsync()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "@opentelemetry", "sdk-metrics")))
        {
            return;
        }

        try
        {
            var result = await ChildProcess.RunAsync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], Cancel, workingFolder: Folder);
            Assert.SkipUnless(result.ExitCode == 0, $"npm cannot install what tests/clients/otel-js/package-lock.json names: {result.Error}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("Node and npm are not installed.");
        }
    }
}
