using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Signalbox.Server.Tests.Identity;
using Signalbox.Telemetry;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Exposition;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Processes;
using Signalbox.Testing.Server;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Self;

public sealed partial class SelfMetricsTests
{
    /// <summary>What promtool's style check says of names that others chose: the .NET runtime's, ASP.NET Core's and Prometheus's own.</summary>
    private static readonly string[] NotOurNames = ["dotnet_", "process_", "kestrel_", "aspnetcore_", "http_server_", "http_client_"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WatchesItselfAndItsMachineFromTheFirstMoment()
    {
        await using var server = await TestServer.StartAsync(Cancel);

        var info = await server.WaitForAsync(TenantId.Default, "signalbox_build_info", Cancel);
        var memory = await server.WaitForAsync(TenantId.Default, "process_resident_memory_bytes", Cancel);
        var load = await server.WaitForAsync(TenantId.Default, "node_load1", Cancel);

        Assert.Equal("signalbox", info.Labels.Get("job"));
        Assert.Equal(server.Address.Authority, info.Labels.Get("instance"));
        Assert.InRange(memory.Last, 1_000_000, 100_000_000_000);
        Assert.Equal("node", load.Labels.Get("job"));
        Assert.Equal(1, (await server.WaitForAsync(TenantId.Default, "up", Cancel, ("job", "node"))).Last);
    }

    [Fact]
    public async Task CountsItsDurationsInBucketsThatTellMillisecondsApart()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        await client.GetStringAsync("/prometheus/api/v1/query?query=1", Cancel);

        var bounds = BucketBound().Matches(await client.GetStringAsync("/metrics", Cancel)).ToLookup(static match => match.Groups["family"].Value, static match => match.Groups["bound"].Value);

        Assert.True(bounds.Contains("signalbox_query_duration_seconds"));
        Assert.All(bounds, static family => Assert.Contains("0.01", family));
    }

    [Fact]
    public async Task MetricsNeedAToken()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client();

        using var response = await client.GetAsync("/metrics", Cancel);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("", ExpositionFormat.PrometheusText)]
    [InlineData("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5", ExpositionFormat.OpenMetrics)]
    public async Task GivesTheFormatThatIsAskedFor(string accept, ExpositionFormat format)
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var response = await client.SendAsync(request, Cancel);

        var text = await response.Content.ReadAsByteArrayAsync(Cancel);
        using var batch = new MetricBatch();
        ExpositionParser.Parse(text, format, 1000, batch);
        Assert.Equal(format, ExpositionContentType.FormatOf(response.Content.Headers.ContentType!.ToString()));
        Assert.Contains(batch.Metadata, static metadata => metadata.Family == "signalbox_build_info");
        Assert.Contains(batch.Metadata, static metadata => metadata.Family == "kestrel_active_connections" && metadata.Type == MetricType.Gauge);
        Assert.Contains("dotnet_gc_collections_total", Encoding.UTF8.GetString(text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PromtoolReadsItAndHasNothingToSayOfOurNames()
    {
        var promtool = DebianPackage.Promtool.Require();
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        await server.WaitForAsync(TenantId.Default, "signalbox_build_info", Cancel);

        var result = await ChildProcess.RunAsync(promtool, ["check", "metrics"], Cancel, await client.GetStringAsync("/metrics", Cancel));

        // 3 is what promtool ends with when it read everything and has remarks on style.
        Assert.True(result.ExitCode is 0 or 3, result.Error + result.Output);
        var remarks = (result.Output + result.Error).Split('\n').Where(static line => line.Length > 0 && !NotOurNames.Any(prefix => line.StartsWith(prefix, StringComparison.Ordinal)));
        Assert.Empty(remarks);
    }

    [Fact]
    public async Task SaysSinceWhenItRuns()
    {
        var clock = new FakeClock();
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Clock = clock });
        clock.Advance(TimeSpan.FromMinutes(10));
        using var client = server.Client(server.AdminToken);

        var system = await client.JsonAsync(HttpMethod.Get, "/api/v1/system");

        Assert.Equal("2026-03-04T05:06:07.000Z", (string?)system["startedAt"]);
        Assert.Equal("2026-03-04T05:16:07.000Z", (string?)system["now"]);
    }

    [Fact]
    public async Task SaysHowTheProcessIsDoing()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        await server.WaitForAsync(TenantId.Default, "signalbox_build_info", Cancel);

        var system = await client.JsonAsync(HttpMethod.Get, "/api/v1/system");

        Assert.Equal(server.DataFolder, (string?)system["dataFolder"]);
        Assert.Equal(15, (double)system["retentionDays"]!);
        Assert.Equal(1, (int)system["tenants"]!);
        Assert.InRange((long)system["activeSeries"]!, 50, 100_000);
        Assert.InRange((long)system["residentBytes"]!, 1_000_000, long.MaxValue);
        Assert.InRange((long)system["diskFreeBytes"]!, 1, long.MaxValue);
    }

    [GeneratedRegex(@"^(?<family>signalbox_\w+_seconds)_bucket\{.*le=""(?<bound>[^""]+)""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BucketBound();
}
