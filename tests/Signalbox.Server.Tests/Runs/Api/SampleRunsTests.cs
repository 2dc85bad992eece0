using System.Text.Json.Nodes;
using Signalbox.Server.Tests.Identity;
using Signalbox.Testing.Runs;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Runs.Api;

public sealed class SampleRunsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheServerTakesThemAndKeepsThemAsTheyAre()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);

        var ids = await SampleRuns.PostAsync(client, TimeProvider.System.GetUtcNow(), Cancel);

        foreach (var id in ids)
        {
            var files = (await client.JsonAsync(HttpMethod.Get, $"{RunsApi.Root}/{id}/files"))["items"]!.AsArray();
            Assert.True(files.All(static file => (bool)file!["complete"]!), files.ToJsonString());
            var report = await client.GetStringAsync(new Uri($"{RunsApi.Root}/{id}", UriKind.Relative), Cancel);

            // Reports without secrets come out as they went in: nothing in them looks like one.
            Assert.DoesNotContain("redacted", report, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(id, (string?)JsonNode.Parse(report)!["id"]);
        }

        var costs = await client.JsonAsync(HttpMethod.Get, $"{RunsApi.Root}/costs?by=repository");
        Assert.Equal(["acme/checkout", "acme/warehouse", "acme/site"], costs["items"]!.AsArray().Select(static row => (string?)row!["key"]));
        Assert.Equal(SampleRun.All.Sum(static run => run.CostUsd ?? 0), (double)costs["total"]!["costUsd"]!, 3);
    }
}
