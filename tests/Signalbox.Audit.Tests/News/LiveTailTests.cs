using System.Net;
using System.Text.Json.Nodes;
using Signalbox.Audit.Tests.Api;
using Signalbox.Audit.Tests.Events;
using Signalbox.Testing.Server;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Audit.Tests.News;

public sealed class LiveTailTests(SharedDatabases databases)
{
    private const string Path = "/api/v1/audit/events";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TellsOfEachNewRecordAsTheListShowsIt()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        await ReportAsync(client, "before");
        using var tail = await EventReader.OpenAsync(client, "audit");
        var first = await ReportAsync(client, "one");
        var second = await ReportAsync(client, "two");

        foreach (var (id, name) in new[] { (first, "one"), (second, "two") })
        {
            var (type, data) = await NextRunAsync(tail);
            Assert.Equal("audit", type);
            Assert.Equal(id, (string?)data["id"]);
            Assert.Equal(name, (string?)data["resource"]!["id"]);
            var listed = (await client.GetJsonAsync($"{Path}?resourceId={name}"))["items"]![0]!;
            Assert.Equal(listed.ToJsonString(), data.ToJsonString());
        }
    }

    [Fact]
    public async Task TellsOfWhatAnotherInstanceTook()
    {
        var control = await databases.NewPostgreSqlAsync(Cancel);
        await using var one = await TestServer.StartAsync(Cancel, new TestServerSetup { Control = control });
        await using var two = await TestServer.StartAsync(Cancel, new TestServerSetup { Control = control });
        using var writer = one.Client(one.AdminToken);
        using var reader = two.Client(one.AdminToken);
        using var tail = await EventReader.OpenAsync(reader, "audit");

        var id = await ReportAsync(writer, "one");

        var (type, data) = await NextRunAsync(tail);

        Assert.Equal(("audit", id), (type, (string?)data["id"]));
    }

    [Fact]
    public async Task AsksReadersToReadAgainWhenThereIsTooMuchToTell()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        using var tail = await EventReader.OpenAsync(client, "audit");
        await client.JsonAsync(HttpMethod.Post, Path, ReportBodies.Runs(1000));

        Assert.Equal("reset", (await tail.NextAsync()).Type);
        await ReportAsync(client, "after");
        Assert.Equal("after", (string?)(await NextRunAsync(tail)).Data["resource"]!["id"]);
    }

    [Fact]
    public async Task TellsATenantOfItsOwnAloneAndViewersOfNothing()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        await client.JsonAsync(HttpMethod.Post, "/api/v1/tenants", """{"name":"other"}""", HttpStatusCode.Created);
        using var other = await server.TokenClientAsync("admin", null, "other");
        using var viewer = await server.TokenClientAsync("viewer");
        using var tail = await EventReader.OpenAsync(other, "audit");

        await ReportAsync(client, "theirs");
        await ReportAsync(other, "ours");

        Assert.Equal("other", (string?)(await tail.NextAsync()).Data["tenant"]);
        Assert.Equal("scope_missing", (string?)(await viewer.GetJsonAsync("/api/v1/events?topics=audit", HttpStatusCode.Forbidden))["code"]);
    }

    /// <summary>The next event that a test reported: that it did is recorded as well, a moment after it was answered.</summary>
    private static async Task<(string Type, JsonNode Data)> NextRunAsync(EventReader tail)
    {
        while (true)
        {
            var next = await tail.NextAsync();
            if ((string?)next.Data["action"] == "run.start")
            {
                return next;
            }
        }
    }

    private static async Task<string> ReportAsync(HttpClient client, string resource)
    {
        var id = Guid.CreateVersion7().ToString();
        await client.JsonAsync(HttpMethod.Post, Path, $$$"""{"events":[{"id":"{{{id}}}","action":"run.start","resource":{"type":"run","id":"{{{resource}}}"}}]}""");
        return id;
    }
}
