using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Audit.Tests.Api;
using Signalbox.Server.Audit.Storage;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Audit.Tests.Events;

public sealed class EventApiTests(SharedDatabases databases)
{
    private const string Path = "/api/v1/audit/events";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task FindsWhatIsAskedForByEachFilter(string engine)
    {
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Control = engine == "postgres" ? await databases.NewPostgreSqlAsync(Cancel) : null });
        using var client = server.Client(server.AdminToken);
        await ReportAsync(client, "app/a.one", "app/x", "1", """" "actor":{"kind":"user","id":"u1","name":"Ada"},"outcome":"failed","traceId":"0af7651916cd43dd8448eb211c80319c","source":"shop","message":"A red house" """");
        await ReportAsync(client, "app/a.two", "app/x", "2", """" "actor":{"kind":"agent","id":"u2","name":"Ada"},"onBehalfOf":{"kind":"user","id":"u1"},"policyId":"p-9","requestId":"r-9","message":"A blue house" """");
        await ReportAsync(client, "app/b", "app/y", "1", """" "actor":{"kind":"job","id":"u3","name":"Job"},"message":"A red boat" """");

        Assert.Equal(["app/a.two", "app/a.one"], await ActionsAsync(client, "actor=Ada"));
        Assert.Equal(["app/a.one"], await ActionsAsync(client, "actor=u1"));
        Assert.Equal(["app/b", "app/a.two"], await ActionsAsync(client, "actor=u2&actor=u3"));
        Assert.Empty(await ActionsAsync(client, "actor=ada"));
        Assert.Equal(["app/a.two"], await ActionsAsync(client, "onBehalfOf=u1"));
        Assert.Equal(["app/b", "app/a.one"], await ActionsAsync(client, "action=app/a.one&action=app/b"));
        Assert.Equal(["app/b"], await ActionsAsync(client, "resourceType=app/y"));
        Assert.Equal(["app/b", "app/a.one"], await ActionsAsync(client, "resourceId=1&resourceType=app/x&resourceType=app/y"));
        Assert.Equal(["app/a.one"], await ActionsAsync(client, "outcome=failed"));
        Assert.Equal(["app/a.one"], await ActionsAsync(client, "trace=0af7651916cd43dd8448eb211c80319c"));
        Assert.Equal(["app/a.one"], await ActionsAsync(client, "source=shop"));
        Assert.Equal(["app/a.two"], await ActionsAsync(client, "policyId=p-9&requestId=r-9"));
        Assert.Equal(["app/b", "app/a.one"], await ActionsAsync(client, "text=RED"));
        Assert.Equal(["app/a.one"], await ActionsAsync(client, "text=house%20red"));
        Assert.Equal(["app/a.one", "app/a.two", "app/b"], await ActionsAsync(client, "order=asc&resourceType=app/x&resourceType=app/y"));
        Assert.Empty(await ActionsAsync(client, "from=2999-01-01T00:00:00Z"));
        Assert.Empty(await ActionsAsync(client, "to=2001-01-01T00:00:00Z"));
    }

    [Theory]
    [InlineData("desc")]
    [InlineData("asc")]
    public async Task PagesLeadThroughEverythingOnce(string order)
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        for (var number = 0; number < 7; number++)
        {
            await ReportAsync(client, "app/a", "app/x", "1", "\"message\":\"m\"");
        }

        var seen = new List<long>();
        var after = string.Empty;
        do
        {
            var page = await client.GetJsonAsync($"{Path}?action=app/a&limit=3&order={order}{after}");
            seen.AddRange(page["items"]!.AsArray().Select(static item => (long)item!["sequence"]!));
            after = page["next"] is { } next ? $"&after={next}" : string.Empty;
        }
        while (after.Length > 0);

        Assert.Equal(7, seen.Distinct().Count());
        Assert.Equal(order == "asc" ? seen.Order() : seen.OrderDescending(), seen);
    }

    [Fact]
    public async Task RecordsWhatTheHouseDoesWithItsChange()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        await client.JsonAsync(HttpMethod.Post, "/api/v1/tokens", """{"name":"probe","role":"viewer"}""", HttpStatusCode.Created);

        var item = await Eventually.GetsAsync("the creation of the token is in the log", async () => (await client.GetJsonAsync($"{Path}?action=token.create&text=probe"))["items"]!.AsArray().FirstOrDefault(), Cancel);

        Assert.Equal("mandatory", (string?)item["class"]);
        Assert.Equal("token", (string?)item["resource"]!["type"]);
        Assert.Equal("probe", (string?)item["resource"]!["name"]);
        var detail = await client.GetJsonAsync($"{Path}/{item["id"]}");
        Assert.Equal("viewer", (string?)detail["after"]!["role"]);
        Assert.Null(detail["before"]);
    }

    [Fact]
    public async Task GivesTheStoredBytesWhoseHashIsTheLeaf()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        var id = await ReportAsync(client, "app/a", "app/x", "1", "\"message\":\"Grüße 中\"");

        var bytes = await client.GetByteArrayAsync($"{Path}/{id}/entry", Cancel);
        var detail = await client.GetJsonAsync($"{Path}/{id}");

        Assert.Equal((string?)detail["leafHash"], Convert.ToBase64String(SHA256.HashData([0, .. bytes])));
        Assert.Equal(id, (string?)JsonNode.Parse(bytes)!["id"]);
    }

    [Fact]
    public async Task SaysWhatIsGoneAndWhatNeverWas()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        await ReportAsync(client, "app/a", "app/x", "1", "\"message\":\"m\"");
        var database = server.Services.GetRequiredService<AuditDatabase>();
        await database.WriteAsync(async session => await LogRows.MoveFirstAsync(session, (await LogRows.FindAsync(session, "default"))!.Log, 1), Cancel);

        Assert.Equal("event_pruned", (string?)(await client.GetJsonAsync($"{Path}/0", HttpStatusCode.Gone))["code"]);
        Assert.Equal("event_pruned", (string?)(await client.GetJsonAsync($"{Path}/0/entry", HttpStatusCode.Gone))["code"]);
        foreach (var id in new[] { "999999", "-1", "abc", "9223372036854775807", "99999999999999999999", Guid.CreateVersion7().ToString() })
        {
            Assert.Equal("event_not_found", (string?)(await client.GetJsonAsync($"{Path}/{id}", HttpStatusCode.NotFound))["code"]);
            Assert.Equal("event_not_found", (string?)(await client.GetJsonAsync($"{Path}/{id}/entry", HttpStatusCode.NotFound))["code"]);
        }
    }

    [Theory]
    [InlineData("outcome=ok", "outcome")]
    [InlineData("order=up", "order")]
    [InlineData("after=x", "after")]
    [InlineData("after=-1", "after")]
    [InlineData("from=yesterday", "from")]
    [InlineData("limit=many", "limit")]
    [InlineData("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "to")]
    [InlineData("actor=", "actor")]
    public async Task NamesTheFilterThatIsWrong(string query, string member)
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);

        (await client.GetJsonAsync($"{Path}?{query}", HttpStatusCode.BadRequest)).ErrorOf(member);
    }

    [Fact]
    public async Task BoundsTheValuesOfAFilter()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);

        await client.GetJsonAsync($"{Path}?{string.Join('&', Enumerable.Repeat("actor=a", 50))}");
        (await client.GetJsonAsync($"{Path}?{string.Join('&', Enumerable.Repeat("actor=a", 51))}", HttpStatusCode.BadRequest)).ErrorOf("actor");
        (await client.GetJsonAsync($"{Path}?actor={new string('a', 513)}", HttpStatusCode.BadRequest)).ErrorOf("actor");
        await client.GetJsonAsync($"{Path}?text={string.Join('+', Enumerable.Repeat("a", 32))}");
        (await client.GetJsonAsync($"{Path}?text={string.Join('+', Enumerable.Repeat("a", 33))}", HttpStatusCode.BadRequest)).ErrorOf("text");
    }

    [Fact]
    public async Task ShowsATenantItsOwnLogAlone()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        await client.JsonAsync(HttpMethod.Post, "/api/v1/tenants", """{"name":"other"}""", HttpStatusCode.Created);
        using var other = await server.TokenClientAsync("admin", null, "other");
        var id = await ReportAsync(client, "app/a", "app/x", "1", "\"message\":\"secret\"");

        Assert.Empty((await other.GetJsonAsync($"{Path}?action=app/a"))["items"]!.AsArray());
        await other.GetJsonAsync($"{Path}/{id}", HttpStatusCode.NotFound);
        await other.GetJsonAsync($"{Path}/{id}/entry", HttpStatusCode.NotFound);
        await other.GetJsonAsync($"/api/v1/audit/proof/inclusion?id={id}", HttpStatusCode.NotFound);

        // The same id in another tenant is another event.
        var taken = await other.JsonAsync(HttpMethod.Post, Path, Body(id, "app/b", "app/x", "1", "\"message\":\"mine\""));
        Assert.Equal(1, (int)taken["accepted"]!);
        Assert.Equal("app/b", (string?)(await other.GetJsonAsync($"{Path}/{id}"))["action"]);
        Assert.Equal("app/a", (string?)(await client.GetJsonAsync($"{Path}/{id}"))["action"]);
    }

    [Fact]
    public async Task TheVocabularyListsWhatMayBeReported()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);

        var vocabulary = await client.GetJsonAsync("/api/v1/audit/vocabulary");

        var actions = vocabulary["actions"]!.AsArray().ToDictionary(static action => (string)action!["name"]!, StringComparer.Ordinal);
        Assert.Equal("mandatory", (string?)actions["token.create"]!["class"]);
        Assert.False((bool)actions["token.create"]!["reported"]!);
        Assert.True((bool)actions["app/*"]!["reported"]!);
        Assert.Contains("token", vocabulary["resourceTypes"]!.AsArray().Select(static type => (string?)type!["name"]));
        Assert.Contains("agent", vocabulary["actorKinds"]!.AsArray().Select(static kind => (string?)kind));
    }

    private static async Task<string> ReportAsync(HttpClient client, string action, string type, string resource, string more)
    {
        var id = Guid.CreateVersion7().ToString();
        await client.JsonAsync(HttpMethod.Post, Path, Body(id, action, type, resource, more));
        return id;
    }

    private static string Body(string id, string action, string type, string resource, string more) =>
        $$"""{"events":[{"id":"{{id}}","action":"{{action}}","resource":{"type":"{{type}}","id":"{{resource}}"},{{more}}}]}""";

    private static async Task<IEnumerable<string?>> ActionsAsync(HttpClient client, string query) =>
        (await client.GetJsonAsync($"{Path}?{query}"))["items"]!.AsArray().Select(static item => (string?)item!["action"]);
}
