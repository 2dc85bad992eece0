using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Audit.Search;
using Signalbox.Server.Platform.Audit;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Search;

/// <summary>What the server records is found by each of its fields, in the layout in which records are really written.</summary>
public sealed class WholeWayTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FindsARecordedEventByEachOfItsFields()
    {
        await using var server = await TestServer.StartAsync(Cancellation);
        var search = server.Services.GetRequiredService<EventSearch>();
        await RecordAsync(server.Services.GetRequiredService<IAuditTrail>());
        var query = new EventQuery { Actions = ["order.cancel"] };

        var found = await Eventually.GetsAsync("the event is in the log", async () => (await search.RunAsync("default", query, limit: 10, after: null, Cancellation)).Items.SingleOrDefault(), Cancellation);
        var id = JsonNode.Parse(found.Body)!["id"]!.GetValue<string>();

        foreach (var asked in Queries(id))
        {
            var page = await search.RunAsync("default", asked, limit: 1000, after: null, Cancellation);
            Assert.True(page.Items.Any(item => item.Sequence == found.Sequence), asked.ToString());
        }

        Assert.Empty((await search.RunAsync("default", new EventQuery { Text = "kumquat" }, limit: 10, after: null, Cancellation)).Items);
        Assert.Equal(found.Sequence, (await search.FindAsync("default", id, Cancellation))!.Sequence);
    }

    private static async Task RecordAsync(IAuditTrail trail)
    {
        using var scope = AuditScope.Open(new AuditScope { Source = "sdk", RequestId = "request-0815", TraceId = "4bf92f3577b34da6a3ce929d0e0e4736", Address = "2001:db8::7" });
        var action = new AuditAction("order.cancel", AuditClass.Mandatory, AuditActivity.Delete, "Cancels an order");
        var entry = new AuditEvent("default", new AuditActor("user", "u-77", "Zoë \"Z\" Müller", "t-1"), action, new AuditResource(new AuditResourceType("order", "An order"), "o-4711", "数据库备份", "/shop/eu"))
            .Changed(new JsonObject { ["state"] = "open" }, new JsonObject { ["state"] = "withdrawn" })
            .Denied("policy-9", "the customer was too late")
            .OnBehalfOf(new AuditActor("user", "u-78", "Walter", TokenId: null))
            .With("basket", "lychee")
            with
        { Reporter = new AuditActor("token", "tok-5", "shop backend", "tok-5") };
        await trail.RecordAsync(entry, Cancellation);
    }

    private static IEnumerable<EventQuery> Queries(string id) =>
    [
        new() { Ids = [id] },
        new() { Actors = ["u-77"] },
        new() { Actors = ["nobody", "Zoë \"Z\" Müller"] },
        new() { OnBehalfOf = ["Walter"] },
        new() { Reporters = ["tok-5"] },
        new() { Reporters = ["shop backend"] },
        new() { ResourceTypes = ["order"] },
        new() { ResourceIds = ["o-4711"] },
        new() { ResourceTypes = ["order"], ResourceIds = ["o-4711"] },
        new() { ResourceNames = ["数据库备份"] },
        new() { Outcomes = ["denied"] },
        new() { Policies = ["policy-9"] },
        new() { Sources = ["sdk"] },
        new() { Requests = ["request-0815"] },
        new() { Traces = ["4bf92f3577b34da6a3ce929d0e0e4736"] },
        new() { Addresses = ["2001:db8::7"] },
        new() { Text = "zoë MÜLLER" },
        new() { Text = "数据 备份" },
        new() { Text = "customer late" },
        new() { Text = "withdrawn state" },
        new() { Text = "lychee" },
        new() { Text = "4bf92f3577b34da6a3ce929d0e0e4736 shop" },
        new() { Text = id },
    ];
}
