using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Runs.Keeping;
using Signalbox.Server.Tests.Identity;
using Signalbox.Server.Tests.Runs.Api;
using Signalbox.Testing.Runs;
using Signalbox.Testing.Server;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Runs;

/// <summary>What the API of runs does, whatever database holds them.</summary>
public abstract class RunsConformance : IAsyncLifetime
{
    private readonly SharedDatabases _databases;
    private readonly ControlEngine _engine;
    private TestServer? _server;
    private HttpClient? _client;

    private protected RunsConformance(SharedDatabases databases, ControlEngine engine)
    {
        _databases = databases;
        _engine = engine;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private TestServer Server => _server!;

    private HttpClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        var control = _engine switch
        {
            ControlEngine.PostgreSql => await _databases.NewPostgreSqlAsync(Cancel),
            ControlEngine.MySql => await _databases.NewMariaDbAsync(Cancel),
            _ => null,
        };
        _server = await TestServer.StartAsync(Cancel, new TestServerSetup { Control = control, Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["runs.quota"] = "1GiB", ["runs.max_file"] = "512MiB", ["runs.max_run"] = "512MiB" } });
        _client = _server.Client(_server.AdminToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task ALaterRevisionTakesThePlaceOfAnEarlierOne()
    {
        var (same, before, after) = (Bytes(100), Bytes(200), Bytes(201));
        var report = RunReports.Small(1, Now).WithFile("audit.jsonl", same).WithFile("log.jsonl", before);
        await Client.ReportAsync(report);
        await Client.PutFileAsync(RunReports.IdOf(1), "audit.jsonl", same);
        await Client.PutFileAsync(RunReports.IdOf(1), "log.jsonl", before);

        Assert.Empty((await Client.ReportAsync(report, HttpStatusCode.OK))["files"]!.AsArray());
        var other = report.DeepClone().AsObject();
        other["folder"] = "/elsewhere";
        Assert.Equal("run_revision_differs", (string?)(await Client.ReportAsync(other, HttpStatusCode.Conflict))["code"]);
        var later = RunReports.Small(1, Now).WithFile("audit.jsonl", same).WithFile("log.jsonl", after);
        later["revision"] = 2;
        later["outcome"]!["reason"] = "failed";
        var receipt = await Client.ReportAsync(later, HttpStatusCode.OK);
        Assert.Equal("run_revision_old", (string?)(await Client.ReportAsync(report, HttpStatusCode.Conflict))["code"]);

        // The file that is the same is here still.
        Assert.Equal("log.jsonl", (string?)Assert.Single(receipt["files"]!.AsArray())!["name"]);
        Assert.Equal((2, "failed"), await Client.JsonAsync(HttpMethod.Get, $"{RunsApi.Root}/{RunReports.IdOf(1)}") is { } shown ? ((int)shown["revision"]!, (string)shown["outcome"]!["reason"]!) : default);
        Assert.Equal("failed", (string?)Assert.Single(await ItemsAsync("?limit=10"))!["outcome"]);
    }

    [Fact]
    public async Task AFileComesInPartsAndPartsMayComeAgain()
    {
        var id = RunReports.IdOf(1);
        var content = Bytes(300_000);
        await Client.ReportAsync(RunReports.Small(1, Now).WithFile("samples.jsonl", content));

        using var gap = await Client.PutPartAsync(id, "samples.jsonl", content, 100_000, 200_000);
        Assert.Equal(0, (long)(await gap.ProblemAsync("range_not_next", HttpStatusCode.Conflict))["received"]!);
        using var first = await Client.PutPartAsync(id, "samples.jsonl", content, 0, 150_000);
        Assert.Equal(150_000, (long)(await first.ReadAsync())["received"]!);
        using var again = await Client.PutPartAsync(id, "samples.jsonl", content, 0, 150_000);
        Assert.Equal(150_000, (long)(await again.ReadAsync())["received"]!);
        using var wrong = await Client.PutPartAsync(id, "samples.jsonl", [.. content.Reverse()], 0, 150_000);
        await wrong.ProblemAsync("range_differs", HttpStatusCode.Conflict);
        using var early = await Client.GetAsync(new Uri($"{RunsApi.Root}/{id}/files/samples.jsonl", UriKind.Relative), Cancel);
        await early.ProblemAsync("run_file_incomplete", HttpStatusCode.NotFound);
        using var overlapping = await Client.PutPartAsync(id, "samples.jsonl", content, 100_000, 300_000);
        Assert.True((bool)(await overlapping.ReadAsync())["complete"]!);
        using var late = await Client.PutPartAsync(id, "samples.jsonl", content, 290_000, 300_000);
        Assert.True((bool)(await late.ReadAsync())["complete"]!);

        using var file = await Client.GetAsync(new Uri($"{RunsApi.Root}/{id}/files/samples.jsonl", UriKind.Relative), Cancel);
        Assert.Equal(content, await file.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(("application/x-ndjson", 300_000L), (file.Content.Headers.ContentType!.MediaType, file.Content.Headers.ContentLength));
        Assert.Equal("nosniff", Assert.Single(file.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("samples.jsonl", file.Content.Headers.ContentDisposition!.FileName);
    }

    [Fact]
    public async Task AFileThatDoesNotHaveItsHashIsDropped()
    {
        var id = RunReports.IdOf(1);
        var (right, wrong) = (Bytes(70_000), Bytes(70_000, seed: 9));
        await Client.ReportAsync(RunReports.Small(1, Now).WithFile("trace.json", right));

        using var refused = await Client.PutPartAsync(id, "trace.json", wrong, 0, 70_000);
        Assert.Equal(0, (long)(await refused.ProblemAsync("file_digest_differs", HttpStatusCode.Conflict))["received"]!);
        Assert.True((bool)(await Client.PutFileAsync(id, "trace.json", right))["complete"]!);
    }

    [Fact]
    public async Task ListsFilterSortAndGoOnFromPageToPage()
    {
        await SampleRuns.PostAsync(Client, Now, Cancel);

        Assert.Equal([8, 1, 2, 3, 4, 5, 6, 7], await NumbersAsync("?"));
        Assert.Equal([8, 1, 2, 6], await NumbersAsync("?repository=acme/checkout"));
        Assert.Equal([3, 4], await NumbersAsync("?actor=jonas&agent=claude-code"));
        Assert.Equal([4, 6], await NumbersAsync("?outcome=memory_limit,budget_usd"));
        Assert.Equal([1], await NumbersAsync("?branch=feature/retry-payments"));
        Assert.Equal([3, 6], await NumbersAsync("?risk_min=50"));
        Assert.Equal([1], await NumbersAsync("?q=GATEWAY"));
        Assert.Equal([1], await NumbersAsync("?q=%23482"));
        Assert.Equal([5], await NumbersAsync($"?q={RunReports.IdOf(5)}"));
        Assert.Empty(await NumbersAsync("?q=100%25"));
        var (from, to) = (RunReports.Time(Now.AddDays(-2)), RunReports.Time(Now.AddHours(-1)));
        Assert.Equal([2, 3, 4], await NumbersAsync($"?from={from}&to={to}"));
        Assert.Equal([6, 3, 1, 4, 5, 2, 8, 7], await NumbersAsync("?sort=cost"));
        Assert.Equal([3, 6, 1, 4, 2, 5, 8, 7], await NumbersAsync("?sort=risk"));
        Assert.Equal([6, 3, 5, 1, 4, 2, 7, 8], await NumbersAsync("?sort=duration"));
        foreach (var sort in new[] { "startedAt", "risk", "cost", "tokens", "duration" })
        {
            Assert.Equal(await NumbersAsync($"?sort={sort}"), await NumbersAsync($"?sort={sort}&limit=3"));
        }
    }

    [Fact]
    public async Task CostsAddUpByAllThatTheyCanBeGroupedBy()
    {
        await SampleRuns.PostAsync(Client, Now, Cancel);
        var whole = SampleRun.All.Sum(static run => run.CostUsd ?? 0);
        foreach (var by in new[] { "repository", "model", "week", "actor" })
        {
            var costs = await Client.JsonAsync(HttpMethod.Get, $"{RunsApi.Root}/costs?by={by}");
            var items = costs["items"]!.AsArray();
            Assert.Equal(whole, items.Sum(static row => (double)row!["costUsd"]!), 3);
            Assert.Equal(whole, (double)costs["total"]!["costUsd"]!, 3);
            Assert.Equal(7, (long)costs["total"]!["runs"]!);
            Assert.All(items, static row => Assert.Equal((long)row!["totalTokens"]!, (long)row["input"]! + (long)row["output"]! + (long)row["cacheRead"]! + (long)row["cacheCreation"]!));
        }

        var weeks = (await Client.JsonAsync(HttpMethod.Get, $"{RunsApi.Root}/costs?by=week"))["items"]!.AsArray().Select(static row => (string)row!["key"]!).ToList();
        Assert.Equal(weeks.Order(StringComparer.Ordinal), weeks);
        var one = await Client.JsonAsync(HttpMethod.Get, $"{RunsApi.Root}/costs?by=model&repository=acme/site");
        Assert.Equal(["claude-sonnet-4-5", "claude-haiku-4-5"], one["items"]!.AsArray().Select(static row => (string)row!["key"]!));
    }

    [Fact]
    public async Task UnknownCostIsToldAndNotTakenForNothing()
    {
        var report = RunReports.Small(1, Now);
        report["usage"] = new JsonObject { ["totalTokens"] = 30, ["models"] = new JsonArray(new JsonObject { ["model"] = "a", ["input"] = 10, ["costUsd"] = 0.5 }, new JsonObject { ["model"] = "b", ["output"] = 20 }) };
        await Client.ReportAsync(report);
        report = RunReports.Small(2, Now);
        report["usage"] = new JsonObject { ["totalTokens"] = 5, ["costUsd"] = 2, ["models"] = new JsonArray(new JsonObject { ["model"] = "b", ["output"] = 5 }) };
        await Client.ReportAsync(report);

        var models = (await Client.JsonAsync(HttpMethod.Get, $"{RunsApi.Root}/costs?by=model"))["items"]!.AsArray();
        Assert.Equal([null, "a", "b"], models.Select(static row => (string?)row!["key"]));
        Assert.Equal((null, 2L, 25L), ((double?)models[2]!["costUsd"], (long)models[2]!["unpricedRuns"]!, (long)models[2]!["totalTokens"]!));
        var total = (await Client.JsonAsync(HttpMethod.Get, $"{RunsApi.Root}/costs"))["total"]!;
        Assert.Equal((2.5, 1L, 2L), ((double)total["costUsd"]!, (long)total["unpricedRuns"]!, (long)total["runs"]!));
    }

    [Fact]
    public async Task AnEntryThatIsFarTooLongIsToldOfAndNotRead()
    {
        var id = RunReports.IdOf(1);
        var timeline = System.Text.Encoding.UTF8.GetBytes("{\"kind\":\"text\"}\n{\"kind\":\"text\",\"detail\":\"" + new string('x', 2 << 20) + "\"}\n{\"kind\":\"text\"}\n");
        await Client.ReportAsync(RunReports.Small(1, Now).WithFile("timeline.jsonl", timeline));
        await Client.PutFileAsync(id, "timeline.jsonl", timeline);
        Assert.Equal([0L, 2L], await TimelineAsync(id, "?kind=text"));
        Assert.Equal([1L], await TimelineAsync(id, "?kind=broken"));
    }

    [Fact]
    public async Task ATimelineIsReadPageByPageAndByKind()
    {
        var id = RunReports.IdOf(1);
        var timeline = RunReports.Timeline(5000, static index => index % 10 == 0 ? "tool" : "text");
        await Client.ReportAsync(RunReports.Small(1, Now).WithFile("timeline.jsonl", timeline));
        Assert.Empty(await TimelineAsync(id, "?limit=500"));
        using var part = await Client.PutPartAsync(id, "timeline.jsonl", timeline, 0, 200_000);
        Assert.InRange((await TimelineAsync(id, "?limit=1000")).Count, 1500, 4000);
        await Client.PutFileAsync(id, "timeline.jsonl", timeline);

        Assert.Equal(Enumerable.Range(0, 5000).Select(static number => (long)number), await TimelineAsync(id, "?limit=700"));
        Assert.Equal(Enumerable.Range(0, 500).Select(static number => number * 10L), await TimelineAsync(id, "?limit=30&kind=tool"));
        Assert.Equal([4999L], await TimelineAsync(id, "?after=4998"));
        Assert.Empty(await TimelineAsync(id, "?after=4999"));
        Assert.Empty(await TimelineAsync(id, "?after=9999999"));
        Assert.Equal("Entry 1234", (string?)(await Client.JsonAsync(HttpMethod.Get, $"{RunsApi.Root}/{id}/timeline?after=1233&limit=1"))["items"]![0]!["title"]);
    }

    [Fact]
    public async Task DeletingTakesEverythingOfARunAndNothingElse()
    {
        var content = Bytes(400_000);
        foreach (var number in new[] { 1, 2, 3 })
        {
            await Client.ReportAsync(RunReports.Small(number, Now).WithFile("log.jsonl", content));
            await Client.PutFileAsync(RunReports.IdOf(number), "log.jsonl", content);
        }

        await Client.JsonAsync(HttpMethod.Delete, $"{RunsApi.Root}/{RunReports.IdOf(1)}", null, HttpStatusCode.NoContent);
        Assert.Equal("run_not_found", (string?)(await Client.JsonAsync(HttpMethod.Delete, $"{RunsApi.Root}/{RunReports.IdOf(1)}", null, HttpStatusCode.NotFound))["code"]);
        await WriteAsync("UPDATE runs SET updated_at_ms = updated_at_ms - @age WHERE id = @id", RunReports.IdOf(2));

        Assert.Equal(1, await Server.Services.GetRequiredService<RunRetention>().RunOnceAsync(Cancel));

        Assert.Equal([3], await NumbersAsync("?"));
        Assert.Equal((1L, 1L, 5L, 0L), (await CountAsync("runs"), await CountAsync("run_files"), await CountAsync("run_contents"), await CountAsync("run_garbage")));
        Assert.Equal(content, await Client.GetByteArrayAsync(new Uri($"{RunsApi.Root}/{RunReports.IdOf(3)}/files/log.jsonl", UriKind.Relative), Cancel));
    }

    [Fact]
    public async Task TwoAtOnceReportOneRun()
    {
        var report = RunReports.Small(1, Now);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var response = await Client.PostAsync(new Uri(RunsApi.Root, UriKind.Relative), report.ToJsonString().AsJson(), Cancel);
            return response.StatusCode;
        }));

        Assert.Equal(HttpStatusCode.Created, Assert.Single(answers, static status => status != HttpStatusCode.OK));
        Assert.Equal([1], await NumbersAsync("?"));
    }

    [Fact]
    public async Task ReportsThatComeAtOnceNeverPassTheQuota()
    {
        const int Mebibyte = 1024 * 1024;
        var codes = await Task.WhenAll(Enumerable.Range(1, 12).Select(number => PostAsync(Announcing(number, 200 * Mebibyte))));

        // 1 GiB holds five of them; a replaced or deleted one makes room for what it held.
        Assert.Equal(5, codes.Count(static code => code == HttpStatusCode.Created));
        Assert.All(codes, static code => Assert.True(code is HttpStatusCode.Created or HttpStatusCode.RequestEntityTooLarge, code.ToString()));
        var taken = await NumbersAsync("?");
        var smaller = Announcing(taken[0], Mebibyte);
        smaller["revision"] = 2;
        Assert.Equal(HttpStatusCode.OK, await PostAsync(smaller));
        Assert.Equal(HttpStatusCode.Created, await PostAsync(Announcing(20, 200 * Mebibyte)));
        await Client.JsonAsync(HttpMethod.Delete, $"{RunsApi.Root}/{RunReports.IdOf(taken[1])}", null, HttpStatusCode.NoContent);
        Assert.Equal(HttpStatusCode.Created, await PostAsync(Announcing(21, 200 * Mebibyte)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(Announcing(22, 200 * Mebibyte)));
        await SpaceAgreesAsync();
    }

    [Fact]
    public async Task WhatRunsHoldIsCountedWhateverComesAndGoesAtOnce()
    {
        await Task.WhenAll(Enumerable.Range(1, 24).Select(async number =>
        {
            await PostAsync(Announcing(number % 6, 1000 + number));
            using var deleted = number % 4 == 0 ? await Client.DeleteAsync(new Uri($"{RunsApi.Root}/{RunReports.IdOf(number % 6)}", UriKind.Relative), Cancel) : null;
        }));
        await SpaceAgreesAsync();

        await WriteAsync("UPDATE runs SET updated_at_ms = updated_at_ms - @age WHERE id <> @id", RunReports.IdOf(1));
        await Server.Services.GetRequiredService<RunRetention>().RunOnceAsync(Cancel);
        await SpaceAgreesAsync();
    }

    [Fact]
    public async Task AFileIsReadInParts()
    {
        var id = RunReports.IdOf(1);
        var content = Bytes(300_000);
        await Client.ReportAsync(RunReports.Small(1, Now).WithFile("log.jsonl", content));
        await Client.PutFileAsync(id, "log.jsonl", content);
        foreach (var (range, first, end) in new[] { ("bytes=0-0", 0, 1), ("bytes=130000-270000", 130_000, 270_001), ("bytes=131072-", 131_072, 300_000), ("bytes=-5", 299_995, 300_000), ("bytes=299999-900000", 299_999, 300_000) })
        {
            using var part = await RangeAsync(range);
            Assert.Equal((HttpStatusCode.PartialContent, $"bytes {first}-{end - 1}/300000"), (part.StatusCode, part.Content.Headers.ContentRange?.ToString()));
            Assert.Equal(content[first..end], await part.Content.ReadAsByteArrayAsync(Cancel));
        }

        foreach (var ignored in new[] { "lines=1-2", "bytes=0-1,5-6", "bytes=2-1" })
        {
            using var whole = await RangeAsync(ignored);
            Assert.Equal((HttpStatusCode.OK, 300_000L), (whole.StatusCode, whole.Content.Headers.ContentLength));
        }

        using var behind = await RangeAsync("bytes=300000-");
        await behind.ProblemAsync("range_not_satisfiable", HttpStatusCode.RequestedRangeNotSatisfiable);
        Assert.Equal("bytes */300000", behind.Content.Headers.ContentRange?.ToString());
        using var other = await RangeAsync("bytes=0-9", "\"another\"");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        using var same = await RangeAsync("bytes=0-9", other.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.PartialContent, same.StatusCode);

        async Task<HttpResponseMessage> RangeAsync(string range, string? tag = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{RunsApi.Root}/{id}/files/log.jsonl");
            request.Headers.TryAddWithoutValidation("Range", range);
            request.Headers.TryAddWithoutValidation("If-Range", tag);
            return await Client.SendAsync(request, Cancel);
        }
    }

    /// <summary>A report with a file of a size that never comes.</summary>
    private static JsonObject Announcing(int number, long size)
    {
        var report = RunReports.Small(number, Now).WithFile("log.jsonl", [1]);
        report["files"]![0]!["size"] = size;
        return report;
    }

    private async Task<HttpStatusCode> PostAsync(JsonObject report)
    {
        using var response = await Client.PostAsync(new Uri(RunsApi.Root, UriKind.Relative), report.ToJsonString().AsJson(), Cancel);
        return response.StatusCode;
    }

    /// <summary>What is kept count of is what there is.</summary>
    private async Task SpaceAgreesAsync()
    {
        var (counted, there) = await Server.Services.GetRequiredService<ControlDatabase>().ReadAsync(
            async session => (
                (await session.ValueAsync<long>($"SELECT {session.Dialect.WholeNumber("sum(runs)")} FROM run_space"), await session.ValueAsync<long>($"SELECT {session.Dialect.WholeNumber("sum(used_bytes)")} FROM run_space")),
                (await session.ValueAsync<long>("SELECT count(*) FROM runs"), await session.ValueAsync<long>($"SELECT {session.Dialect.WholeNumber("coalesce(sum(size_bytes), 0)")} FROM runs"))),
            Cancel);
        Assert.Equal(there, counted);
    }

    private static byte[] Bytes(int length, int seed = 5)
    {
        var bytes = new byte[length];
        new Random(seed + length).NextBytes(bytes);
        return bytes;
    }

    private async Task<JsonArray> ItemsAsync(string query) => (await Client.JsonAsync(HttpMethod.Get, RunsApi.Root + query))["items"]!.AsArray();

    /// <summary>The numbers of all runs that a list holds, over all its pages.</summary>
    private async Task<List<int>> NumbersAsync(string query)
    {
        var numbers = new List<int>();
        string? next = null;
        do
        {
            var page = await Client.JsonAsync(HttpMethod.Get, $"{RunsApi.Root}{query}{(next is null ? string.Empty : $"&after={Uri.EscapeDataString(next)}")}");
            numbers.AddRange(page["items"]!.AsArray().Select(static run => Convert.ToInt32(((string)run!["id"]!)[^8..], 16)));
            next = (string?)page["next"];
        }
        while (next is not null);
        return numbers;
    }

    private async Task<List<long>> TimelineAsync(string id, string query)
    {
        var numbers = new List<long>();
        string? next = null;
        do
        {
            var page = await Client.JsonAsync(HttpMethod.Get, $"{RunsApi.Root}/{id}/timeline{query}{(next is null ? string.Empty : $"&after={next}")}");
            numbers.AddRange(page["items"]!.AsArray().Select(static entry => (long)entry!["number"]!));
            next = (string?)page["next"];
        }
        while (next is not null);
        return numbers;
    }

    private Task<int> WriteAsync(string sql, string id) => Server.Services.GetRequiredService<ControlDatabase>().WriteAsync(session => session.ExecuteAsync(sql, new { id, age = (long)TimeSpan.FromDays(91).TotalMilliseconds }), Cancel);

    private Task<long> CountAsync(string table) => Server.Services.GetRequiredService<ControlDatabase>().ReadAsync(session => session.ValueAsync<long>($"SELECT count(*) FROM {table}"), Cancel);
}
