using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Signalbox.Sdk.Audit;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Sdk.Tests.Audit;

public sealed class AuditClientTests
{
    private readonly ConcurrentQueue<AuditFailure> _failures = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnEventWithAnIdOfItsOwnIsTheSameEventInEveryBatchAndNoBatchTakesThePlaceOfAnother()
    {
        using var folder = new TemporaryFolder();
        await using var collector = await AuditCollector.StartAsync();
        var id = Guid.Parse("01234567-89ab-8def-8123-456789abcdef");
        AuditEntry Same(string resource) => new() { Id = id, Action = "app/x", Resource = new AuditEntryResource("app/x", resource) };
        var unreachable = Options(new Uri("http://127.0.0.1:1/")) with { SpoolFolder = folder.Path, DrainTimeout = TimeSpan.FromMilliseconds(50) };
        foreach (var second in (string[])["b", "c"])
        {
            await using var early = new AuditClient(unreachable, runs: false);
            Assert.Equal(id.ToString(), early.Record(Same("a")));
            early.Record(new AuditEntry { Action = "app/x", Resource = new AuditEntryResource("app/x", second) });
        }

        Assert.Equal(2, Directory.GetFiles(folder.Path, "*.jsonl").Length);
        await using var client = new AuditClient(Options(collector.Address) with { SpoolFolder = folder.Path, UserAgent = "order-desk/1.4", TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" }, runs: false);
        await client.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["a", "b", "c"], collector.Events.Select(static entry => (string)entry["resource"]!["id"]!));
        Assert.Equal(1, collector.Duplicates);
        Assert.Equal(("order-desk/1.4", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), (collector.UserAgent, collector.TraceParent));
    }

    [Fact]
    public async Task SendsWhatWasRecordedInBatches()
    {
        await using var server = await AuditCollector.StartAsync();
        await using var client = new AuditClient(Options(server.Address) with { BatchSize = 10 }, runs: false);
        var ids = Enumerable.Range(0, 25).Select(number => client.Record(Entry(number))).ToList();

        await client.FlushAsync(Cancelled);

        Assert.Equal(ids, server.Ids());
        Assert.Equal(3, server.Requests);
        Assert.Equal("Bearer token", server.Authorization);
        Assert.Equal((25, 0, 0), (client.Sent, client.Failed, client.Queued));
    }

    [Fact]
    public async Task SendsByItself()
    {
        await using var server = await AuditCollector.StartAsync();
        await using var client = new AuditClient(Options(server.Address));

        client.Record(Entry(1));
        await Eventually.HoldsAsync("the client sends what is queued", () => Task.FromResult(client.Sent == 1), Cancelled);
        client.Record(Entry(2));
        await Eventually.HoldsAsync("the client sends what is queued", () => Task.FromResult(client.Sent == 2), Cancelled);

        Assert.Equal(2, server.Events.Count);
    }

    [Fact]
    public async Task WritesEveryMemberOfAnEvent()
    {
        await using var server = await AuditCollector.StartAsync();
        await using var client = new AuditClient(Options(server.Address), runs: false);

        client.Record(new AuditEntry
        {
            Action = "order.refund",
            Resource = new("order", "4711", "Order 4711", "/orders/4711"),
            Actor = new("service", "shop"),
            OnBehalfOf = new("external-user", "u1", "Ann"),
            Outcome = AuditEntryOutcome.Denied,
            OccurredAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, 8, TimeSpan.FromHours(1)),
            PolicyId = "p1",
            DecisionId = "d1",
            Reasons = ["too late"],
            RequestId = "r1",
            TraceId = "0af7651916cd43dd8448eb211c80319c",
            Message = "Refund refused",
            Before = JsonNode.Parse("""{"state":"paid"}"""),
            After = JsonNode.Parse("""{"state":"refunded"}"""),
            Data = new JsonObject { ["amount"] = 12.5 },
        });
        await client.FlushAsync(Cancelled);

        var sent = Assert.Single(server.Events).AsObject();
        sent.Remove("id");
        Assert.True(JsonNode.DeepEquals(sent, JsonNode.Parse("""
            {"occurredAt":"2026-03-04T04:06:07.008Z","action":"order.refund","resource":{"type":"order","id":"4711","name":"Order 4711","path":"/orders/4711"},"outcome":"denied","source":"sdk",
             "actor":{"kind":"service","id":"shop"},"onBehalfOf":{"kind":"external-user","id":"u1","name":"Ann"},"policyId":"p1","decisionId":"d1","reasons":["too late"],"requestId":"r1",
             "traceId":"0af7651916cd43dd8448eb211c80319c","message":"Refund refused","before":{"state":"paid"},"after":{"state":"refunded"},"data":{"amount":12.5}}
            """)), sent.ToJsonString());
    }

    [Fact]
    public async Task ErasesSecretsBeforeTheyAreQueued()
    {
        await using var server = await AuditCollector.StartAsync();
        await using var client = new AuditClient(Options(server.Address), runs: false);
        var after = new JsonObject { ["password"] = "hunter2" };
        var token = "gh" + "p_0123456789abcdefghijABCDEFGHIJ012345";

        client.Record(Entry(1) with { After = after, Message = $"pushed with {token}", Reasons = [token], Data = new JsonObject { [token] = token }, Resource = new("repository", "1", "r", $"https://x:{token}@example.org/r") });
        await client.FlushAsync(Cancelled);

        var sent = Assert.Single(server.Events).ToJsonString();
        Assert.DoesNotContain("hunter2", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789", sent, StringComparison.Ordinal);
        Assert.Equal("hunter2", after["password"]!.GetValue<string>());
    }

    [Fact]
    public async Task SendsAgainUntilTheServerIsBack()
    {
        await using var server = await AuditCollector.StartAsync();
        server.AnswerNext(503);
        server.AnswerNext(429, "0");
        server.AnswerNext(401);
        server.AnswerNext(200, body: "<html>a page of something in between</html>");
        await using var client = new AuditClient(Options(server.Address), runs: false);
        var id = client.Record(Entry(1));

        await client.FlushAsync(Cancelled);

        Assert.Equal([id], server.Ids());
        Assert.Equal(5, server.Requests);
        Assert.Empty(_failures);
        Assert.Null(client.LastError);
    }

    [Fact]
    public async Task SendsTheSameIdsWhenAnAnswerGetsLost()
    {
        await using var server = await AuditCollector.StartAsync();
        server.BreakNextAnswer();
        await using var client = new AuditClient(Options(server.Address), runs: false);
        var ids = Enumerable.Range(0, 5).Select(number => client.Record(Entry(number))).ToList();

        await client.FlushAsync(Cancelled);

        Assert.Equal(ids, server.Ids());
        Assert.Equal(5, server.Duplicates);
        Assert.Equal(5, client.Sent);
    }

    [Fact]
    public async Task FindsTheEventThatIsToBlameAndSendsTheRest()
    {
        await using var server = await AuditCollector.StartAsync();
        server.Refused = "order.wrong";
        await using var client = new AuditClient(Options(server.Address), runs: false);
        var ids = Enumerable.Range(0, 20).Select(number => client.Record(Entry(number) with { Action = number is 3 or 17 ? "order.wrong" : "order.refund" })).ToList();

        await client.FlushAsync(Cancelled);

        Assert.Equal(ids.Where((_, number) => number is not (3 or 17)), server.Ids());
        Assert.Equal([ids[3], ids[17]], _failures.Select(static failure => failure.Id));
        Assert.All(_failures, static failure => Assert.Equal((AuditFailureReason.Rejected, true), (failure.Reason, failure.Detail.Contains("unknown_action", StringComparison.Ordinal))));
        Assert.Equal((18, 2), (client.Sent, client.Failed));
    }

    [Fact]
    public async Task DropsWhatTheQueueHasNoRoomForAndSaysSo()
    {
        await using var server = await AuditCollector.StartAsync();
        await using var client = new AuditClient(Options(server.Address) with { MaxQueuedEvents = 3, MaxEventBytes = 1024 }, runs: false);
        for (var number = 0; number < 5; number++)
        {
            client.Record(Entry(number));
        }

        client.Record(Entry(9) with { Message = new string('m', 2000) });
        await client.FlushAsync(Cancelled);

        Assert.Equal(3, server.Events.Count);
        Assert.Equal([AuditFailureReason.Overflow, AuditFailureReason.Overflow, AuditFailureReason.Unwritable], _failures.Select(static failure => failure.Reason));
    }

    [Fact]
    public async Task NeverThrowsOnRecord()
    {
        await using var server = await AuditCollector.StartAsync();
        var client = new AuditClient(Options(server.Address) with { OnFailure = static _ => throw new InvalidOperationException("the application's own fault") }, runs: false);

        client.Record(new AuditEntry { Action = "a", Resource = null! });
        await client.DisposeAsync();
        client.Record(Entry(1));

        Assert.Equal(2, client.Failed);
    }

    [Fact]
    public async Task SendsWhatIsQueuedBeforeItEnds()
    {
        await using var server = await AuditCollector.StartAsync();
        await using (var client = new AuditClient(Options(server.Address) with { FlushInterval = TimeSpan.FromMinutes(1) }))
        {
            client.Record(Entry(1));
        }

        Assert.Single(server.Events);
    }

    [Fact]
    public async Task TellsWhatItCouldNotSendBeforeItsTimeWasOver()
    {
        var client = new AuditClient(Options(new Uri("http://127.0.0.1:1/")) with { DrainTimeout = TimeSpan.FromMilliseconds(50) }, runs: false);
        client.Record(Entry(1));

        await client.DisposeAsync();

        Assert.Equal(AuditFailureReason.Closed, Assert.Single(_failures).Reason);
    }

    [Fact]
    public async Task KeepsUnsentEventsInTheSpoolAcrossARestart()
    {
        using var folder = new TemporaryFolder();
        await using var server = await AuditCollector.StartAsync();
        var options = Options(new Uri("http://127.0.0.1:1/")) with { SpoolFolder = folder.Path, DrainTimeout = TimeSpan.FromMilliseconds(50), BatchSize = 2 };
        var first = new AuditClient(options, runs: false);
        var ids = Enumerable.Range(0, 5).Select(number => first.Record(Entry(number))).ToList();
        await first.DisposeAsync();

        await using var second = new AuditClient(options with { Server = server.Address });
        await Eventually.HoldsAsync("the client sends what is queued", () => Task.FromResult(second.Sent == 5), Cancelled);

        Assert.Empty(_failures);
        Assert.Equal(ids.Order(StringComparer.Ordinal), server.Ids().Order(StringComparer.Ordinal));
        await Eventually.HoldsAsync("the client sends what is queued", () => Task.FromResult(Directory.GetFiles(folder.Path, "*.jsonl").Length == 0), Cancelled);
    }

    [Fact]
    public async Task KeepsToTheBoundOfTheSpoolAndSkipsWhatIsNoEvent()
    {
        using var folder = new TemporaryFolder();
        await using var server = await AuditCollector.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "0.jsonl"), "no event\n{\"id\":5}\n[]\n", Cancelled);
        var options = Options(new Uri("http://127.0.0.1:1/")) with { SpoolFolder = folder.Path, MaxEventBytes = 1024, MaxSpoolBytes = 1024, DrainTimeout = TimeSpan.FromMilliseconds(50), BatchSize = 2 };
        var first = new AuditClient(options, runs: false);
        for (var number = 0; number < 20; number++)
        {
            first.Record(Entry(number));
        }

        await first.DisposeAsync();
        var bytes = Directory.GetFiles(folder.Path, "*.jsonl").Sum(static file => new FileInfo(file).Length);
        await using var second = new AuditClient(options with { Server = server.Address }, runs: false);
        await second.FlushAsync(Cancelled);

        Assert.InRange(bytes, 200, 1024);
        Assert.Equal(20, server.Events.Count + _failures.Count(static failure => failure.Reason == AuditFailureReason.Closed));
        Assert.Equal(3, _failures.Count(static failure => failure.Reason == AuditFailureReason.Unwritable));
    }

    [Fact]
    public async Task TheSpoolIsForItsOwnUserAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes of files.");
            return;
        }

        using var folder = new TemporaryFolder();
        var spool = Path.Combine(folder.Path, "spool");
        var client = new AuditClient(Options(new Uri("http://127.0.0.1:1/")) with { SpoolFolder = spool, DrainTimeout = TimeSpan.FromMilliseconds(50) }, runs: false);
        client.Record(Entry(1));
        await client.DisposeAsync();

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        var files = Directory.GetFiles(spool);
        Assert.Equal(2, files.Length);
        foreach (var path in files.Append(spool))
        {
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & Others);
        }
    }

    [Fact]
    public async Task RefusesASpoolThatAnotherClientUses()
    {
        using var folder = new TemporaryFolder();
        var options = Options(new Uri("http://127.0.0.1:1/")) with { SpoolFolder = folder.Path };
        await using var first = new AuditClient(options, runs: false);

        Assert.ThrowsAny<IOException>(() => new AuditClient(options, runs: false));
    }

    [Fact]
    public async Task FollowsNoRedirect()
    {
        await using var elsewhere = await AuditCollector.StartAsync();
        await using var server = await AuditCollector.StartAsync();
        server.RedirectNext(new Uri(elsewhere.Address, "/api/v1/audit/events"));
        var options = Options(server.Address) with { Clock = new FakeClock() };
        var queue = new AuditQueue(options);
        using var sender = new AuditSender(options);
        queue.TryAdd(PreparedEntry.Of(Entry(1), options));
        var delivery = new AuditDelivery(queue, null, sender, options, new AuditReport(null));

        Assert.NotNull(await delivery.RunOnceAsync(Cancelled));
        Assert.Equal((0, 1), (elsewhere.Requests, server.Requests));
    }

    [Fact]
    public async Task WaitsAsLongAsTheServerAsks()
    {
        await using var server = await AuditCollector.StartAsync();
        var options = Options(server.Address) with { Clock = new FakeClock() };
        var queue = new AuditQueue(options);
        using var sender = new AuditSender(options);
        var delivery = new AuditDelivery(queue, null, sender, options, new AuditReport(null));
        queue.TryAdd(PreparedEntry.Of(Entry(1), options));
        server.AnswerNext(503, "7");
        server.AnswerNext(503, "86400");
        server.AnswerNext(503);

        Assert.Equal(TimeSpan.FromSeconds(7), await delivery.RunOnceAsync(Cancelled));
        Assert.Equal(TimeSpan.FromMinutes(5), await delivery.RunOnceAsync(Cancelled));
        Assert.InRange((await delivery.RunOnceAsync(Cancelled))!.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(8));
        Assert.Null(await delivery.RunOnceAsync(Cancelled));
    }

    [Theory]
    [InlineData("ftp://example.org/", "token", 100)]
    [InlineData("http://example.org/", " ", 100)]
    [InlineData("http://example.org/", "token", 1001)]
    public void RefusesOptionsOutOfRange(string server, string token, int batch) =>
        Assert.ThrowsAny<ArgumentException>(() => new AuditClient(new AuditClientOptions { Server = new Uri(server), Token = token, BatchSize = batch }, runs: false));

    private static AuditEntry Entry(int number) => new() { Action = "order.refund", Resource = new AuditEntryResource("order", FormattableString.Invariant($"{number}")) };

    private AuditClientOptions Options(Uri server) => new()
    {
        Server = server,
        Token = "token",
        FlushInterval = TimeSpan.FromMilliseconds(10),
        MinBackoff = TimeSpan.FromMilliseconds(2),
        MaxBackoff = TimeSpan.FromMilliseconds(20),
        OnFailure = _failures.Enqueue,
    };
}
