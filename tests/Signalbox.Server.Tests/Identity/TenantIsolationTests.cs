using System.Globalization;
using System.Net;
using Signalbox.Server.Identity;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Identity;

/// <summary>Walks every reading endpoint of every slice, so that a new one is held to it by being there.</summary>
public sealed class TenantIsolationTests
{
    /// <summary>In everything that the first tenant has, and in nothing else.</summary>
    private const string Marker = "zebra";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NoReadShowsAnotherTenantsData()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var root = server.Client(server.AdminToken);
        using var owner = await TenantTests.TenantAdminAsync(server, root, "first");
        using var stranger = await TenantTests.TenantAdminAsync(server, root, "second");
        await FillAsync(server, owner);

        var shown = new List<string>();
        var leaked = new List<string>();
        foreach (var path in AccessTable.Rows.Where(static row => row.Method == "GET").Select(static row => PathOf(row.Pattern)))
        {
            if (await ShowsAsync(owner, path))
            {
                shown.Add(path);
            }

            if (await ShowsAsync(stranger, path))
            {
                leaked.Add(path);
            }
        }

        Assert.Empty(leaked);

        // The walk itself must be able to find it.
        Assert.All(
            ["/api/v1/tokens", "/api/v1/users", "/api/v1/audit/events", "/api/v1/scheduler/tasks", "/api/v1/ingest/sources", "/prometheus/api/v1/query", "/prometheus/api/v1/query_range", "/prometheus/api/v1/series", "/prometheus/api/v1/label/colour/values"],
            path => Assert.Contains(shown, seen => seen.Split('?')[0] == path));
    }

    private static async Task FillAsync(TestServer server, HttpClient owner)
    {
        var created = await owner.JsonAsync(HttpMethod.Post, "/api/v1/tokens", $$"""{"name":"{{Marker}}-writer","role":"operator"}""", HttpStatusCode.Created);
        await owner.JsonAsync(HttpMethod.Post, "/api/v1/users", $$"""{"name":"{{Marker}}","role":"viewer"}""", HttpStatusCode.Created);
        await owner.JsonAsync(HttpMethod.Post, "/api/v1/scheduler/tasks", $$$"""{"name":"{{{Marker}}}","http":{"url":"http://example.com/"}}""", HttpStatusCode.Created);
        await owner.JsonAsync(HttpMethod.Post, "/api/v1/audit/events", $$$"""{"events":[{"id":"{{{Guid.CreateVersion7()}}}","action":"run.start","resource":{"type":"run","id":"{{{Marker}}}-run"}}]}""");
        using var writer = server.Client((string)created["secret"]!);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) + "000000";
        await writer.JsonAsync(
            HttpMethod.Post,
            "/otlp/v1/metrics",
            $$$"""
            {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"{{{Marker}}}-service"}}]},
              "scopeMetrics":[{"metrics":[{"name":"{{{Marker}}}_count","description":"{{{Marker}}} help","gauge":{"dataPoints":[
                {"timeUnixNano":"{{{now}}}","asDouble":1,"attributes":[{"key":"colour","value":{"stringValue":"{{{Marker}}}"}}]}]}}]}]}]}
            """);
    }

    private static string PathOf(string pattern)
    {
        var seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var everything = Uri.EscapeDataString("{__name__=~\".+\"}");
        var path = pattern.Replace("{documentName}", "v1", StringComparison.Ordinal).Replace("{name}", "colour", StringComparison.Ordinal);
        return string.Create(
            CultureInfo.InvariantCulture, $"{path}?query={everything}&match[]={everything}&start={seconds - 60}&end={seconds + 1}&time={seconds + 1}&step=1");
    }

    private static async Task<bool> ShowsAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, Cancel);
        return (await response.Content.ReadAsStringAsync(Cancel)).Contains(Marker, StringComparison.OrdinalIgnoreCase);
    }
}
