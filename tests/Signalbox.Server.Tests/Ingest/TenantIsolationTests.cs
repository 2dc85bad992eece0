using System.Net;
using System.Net.Http.Headers;
using Signalbox.PromQL.Model;
using Signalbox.Server.Tests.Identity;
using Signalbox.Telemetry;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.RemoteWrite;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Ingest;

/// <summary>From outside: what one tenant sends, and that it sends at all, stays with it.</summary>
public sealed class TenantIsolationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ATokenOfOneTenantSeesNothingOfAnothersSenders()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        await server.WaitForAsync(TenantId.Default, "node_load1", Cancel);
        await admin.JsonAsync(HttpMethod.Post, "/api/v1/tenants", """{"name":"other"}""", HttpStatusCode.Created);
        admin.DefaultRequestHeaders.Add("X-Scope-OrgID", "other");
        var created = await admin.JsonAsync(HttpMethod.Post, "/api/v1/tokens", """{"name":"theirs","role":"operator"}""", HttpStatusCode.Created);
        using var other = server.Client((string)created["secret"]!);

        Assert.Empty((await other.JsonAsync(HttpMethod.Get, "/api/v1/ingest/sources"))["items"]!.AsArray());
        Assert.Equal(0, (long)(await other.JsonAsync(HttpMethod.Get, "/api/v1/system"))["activeSeries"]!);
        Assert.Null((await other.JsonAsync(HttpMethod.Get, "/api/v1/system"))["dataFolder"]);

        using var content = new ByteArrayContent(Body());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        using var response = await other.PostAsync("/prometheus/api/v1/write", content, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);

        Assert.Single((await other.JsonAsync(HttpMethod.Get, "/api/v1/ingest/sources"))["items"]!.AsArray());
        Assert.Single(await server.SeriesAsync(new TenantId("other"), "theirs", Cancel));
        Assert.Empty(await server.SeriesAsync(TenantId.Default, "theirs", Cancel));
    }

    [Fact]
    public async Task OnlyTheTenantDefaultSeesTheServerAsAWhole()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var other = await TenantTests.TenantAdminAsync(server, admin, "other");

        using var refused = await other.GetAsync("/metrics", Cancel);
        await refused.ProblemAsync("server_owners_only", HttpStatusCode.Forbidden);
        var system = await other.JsonAsync(HttpMethod.Get, "/api/v1/system");
        Assert.Null(system["dataFolder"]);
        Assert.Null(system["tenants"]);
        Assert.Null(UsedRequests(await other.JsonAsync(HttpMethod.Get, "/api/v1/limits")));

        // Working in another tenant takes nothing from those who run the server.
        admin.DefaultRequestHeaders.Add("X-Scope-OrgID", "other");
        using var metrics = await admin.GetAsync("/metrics", Cancel);
        Assert.Equal(HttpStatusCode.OK, metrics.StatusCode);
        Assert.Equal(2, (int)(await admin.JsonAsync(HttpMethod.Get, "/api/v1/system"))["tenants"]!);
        Assert.NotNull(UsedRequests(await admin.JsonAsync(HttpMethod.Get, "/api/v1/limits")));
    }

    private static System.Text.Json.Nodes.JsonNode? UsedRequests(System.Text.Json.Nodes.JsonNode limits) =>
        limits["items"]!.AsArray().Single(static item => (string?)item!["name"] == "ingest.max_concurrent_requests")!["used"];

    private static byte[] Body()
    {
        using var batch = new MetricBatch();
        batch.BeginSeries();
        batch.AddLabel(Labels.MetricName, "theirs");
        Assert.True(batch.EndLabels());
        batch.AddSample(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), 1);
        return RemoteWriteEncoder.EncodeCompressed(batch);
    }
}
