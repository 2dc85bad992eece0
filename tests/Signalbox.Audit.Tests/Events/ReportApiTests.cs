using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Signalbox.Audit.Tests.Api;
using Signalbox.Testing.Server;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Audit.Tests.Events;

public sealed class ReportApiTests(SharedDatabases databases)
{
    private const string Path = "/api/v1/audit/events";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    [InlineData("mysql")]
    public async Task TakesEventsOnceAndShowsThemWithTheirReporter(string engine)
    {
        var control = engine switch { "postgres" => await databases.NewPostgreSqlAsync(Cancel), "mysql" => await databases.NewMariaDbAsync(Cancel), _ => null };
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Control = control });
        using var client = await server.TokenClientAsync("operator", "audit:read audit:write");
        var (first, second) = (Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString().ToUpperInvariant());
        var body = $$$"""
            {"events":[
              {"id":"{{{first}}}","occurredAt":"2026-03-04T05:06:07.891+01:00","action":"app/order.refund","resource":{"type":"app/order","id":"4711","name":"Order 4711","path":"/orders/4711"},
               "actor":{"kind":"user","id":"ada","name":"Ada"},"onBehalfOf":{"kind":"service","id":"shop"},"outcome":"denied","policyId":"p-1","decisionId":"d-1","reasons":["too much"],
               "requestId":"r-1","traceId":"0AF7651916CD43DD8448EB211C80319C","source":"shop","message":"Ada tried to refund","before":{"total":12,"state":"paid"},"after":{"total":12,"state":"refunded"},"data":{"n":1}},
              {"id":"{{{second}}}","action":"run.start","resource":{"type":"run","id":"77"}}
            ]}
            """;

        var taken = await client.JsonAsync(HttpMethod.Post, Path, body);
        Assert.Equal((2, 0), ((int)taken["accepted"]!, (int)taken["duplicates"]!));
        var again = await client.JsonAsync(HttpMethod.Post, Path, body);
        Assert.Equal((0, 2), ((int)again["accepted"]!, (int)again["duplicates"]!));
        Assert.Equal(Sequences(taken), Sequences(again));

        var shown = await client.GetJsonAsync($"{Path}/{first}");
        Assert.Equal("2026-03-04T04:06:07.891Z", (string?)shown["occurredAt"]);
        Assert.Equal("""{"kind":"user","id":"ada","name":"Ada","tokenId":null}""", shown["actor"]!.ToJsonString());
        Assert.Equal("service", (string?)shown["onBehalfOf"]!["kind"]);
        Assert.Equal("operator-audit:read audit:write", (string?)shown["reporter"]!["name"]);
        Assert.Equal("token", (string?)shown["reporter"]!["kind"]);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", (string?)shown["traceId"]);
        Assert.Equal("denied", (string?)shown["outcome"]);
        Assert.Equal("""[{"op":"replace","path":"/state","value":"refunded","old":"paid"}]""", shown["diff"]!.ToJsonString());
        Assert.Equal("paid", (string?)shown["before"]!["state"]);
        Assert.Equal("refunded", (string?)shown["after"]!["state"]);
        Assert.Equal("""{"n":1}""", shown["data"]!.ToJsonString());
        Assert.Equal("Ada tried to refund", (string?)shown["message"]);

        var other = await client.GetJsonAsync($"{Path}/{(long)taken["events"]![1]!["sequence"]!}");
        Assert.Equal(second.ToLowerInvariant(), (string?)other["id"]);
        Assert.Equal((string?)other["reporter"]!["id"], (string?)other["actor"]!["id"]);
        Assert.Null(other["traceId"]);
        Assert.Equal("api", (string?)other["source"]);
        Assert.False(string.IsNullOrEmpty((string?)other["message"]));
    }

    [Fact]
    public async Task TakesAThousandEventsAndNoMore()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);

        var taken = await client.JsonAsync(HttpMethod.Post, Path, Many(1000));
        Assert.Equal(1000, (int)taken["accepted"]!);
        Assert.Equal(Enumerable.Range(0, 1000).Select(index => Sequences(taken)[0] + index), Sequences(taken));
        var problem = await client.JsonAsync(HttpMethod.Post, Path, Many(1001), HttpStatusCode.BadRequest);
        Assert.Contains("1 to 1000", problem.ErrorOf("events"), StringComparison.Ordinal);
        using var large = new StringContent($$$"""{"events":[{{{ReportBodies.Event("\"data\":{\"text\":\"" + new string('x', 8 << 20) + "\"}")}}}]}""", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = large };
        request.Headers.ExpectContinue = true;
        using var refused = await client.SendAsync(request, Cancel);
        Assert.Equal("body_too_large", (string?)(await refused.ReadAsync(HttpStatusCode.RequestEntityTooLarge))["code"]);
    }

    [Fact]
    public async Task IsForOperatorsWithTheScopeAlone()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var viewer = await server.TokenClientAsync("viewer");
        using var reader = await server.TokenClientAsync("operator", "audit:read");
        using var writer = await server.TokenClientAsync("operator", "audit:write");

        await viewer.JsonAsync(HttpMethod.Post, Path, $$"""{"events":[{{ReportBodies.Event()}}]}""", HttpStatusCode.Forbidden);
        await reader.JsonAsync(HttpMethod.Post, Path, $$"""{"events":[{{ReportBodies.Event()}}]}""", HttpStatusCode.Forbidden);
        await writer.JsonAsync(HttpMethod.Post, Path, $$"""{"events":[{{ReportBodies.Event()}}]}""");
        await writer.GetJsonAsync(Path, HttpStatusCode.Forbidden);
        await viewer.GetJsonAsync(Path, HttpStatusCode.Forbidden);
        await reader.GetJsonAsync(Path);
    }

    private static string Many(int count) => $$"""{"events":[{{string.Join(',', Enumerable.Range(0, count).Select(static _ => ReportBodies.Event()))}}]}""";

    private static IReadOnlyList<long> Sequences(JsonNode taken) => [.. taken["events"]!.AsArray().Select(static place => (long)place!["sequence"]!)];
}
