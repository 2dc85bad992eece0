using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Tests.Identity;
using Signalbox.Server.Tests.Jobs.History;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Api;

public sealed class EventTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TellsOfJobsAsTheyAreChanged()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var stream = await EventReader.OpenAsync(admin, "scheduler");
        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no", stream.Response.Headers.GetValues("X-Accel-Buffering").Single());

        var id = await admin.CreateTaskIdAsync(JobsApi.Command("x"));

        var created = await stream.NextAsync("task");
        Assert.Equal((id, "x", "create"), ((string)created!["id"]!, (string)created["name"]!, (string)created["change"]!));
    }

    [Fact]
    public async Task TellsOfWhatOtherInstancesDid()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        var database = server.Services.GetRequiredService<ControlDatabase>();
        using var stream = await EventReader.OpenAsync(admin, "scheduler");

        // Written past the process's own code, as by another instance.
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await HistorySeed.EndedAsync(database, new EndedSeed("elsewhere", "j", now), Cancel);

        Assert.Equal("succeeded", (string?)(await stream.NextAsync("execution", static execution => (string?)execution["id"] == "elsewhere"))!["state"]);
    }

    [Fact]
    public async Task TellsWhatAnExecutionWrites()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        var database = server.Services.GetRequiredService<ControlDatabase>();
        await HistorySeed.EndedAsync(database, new EndedSeed("run", "j", HistorySeed.Now), Cancel);
        await WriteAsync(database, 1, "before");
        using var stream = await EventReader.OpenAsync(admin, "execution:run");

        await WriteAsync(database, 2, "one");
        await WriteAsync(database, 3, "two");

        var first = await stream.NextAsync("output");
        Assert.Equal((2, "one"), ((int)first!["items"]![0]!["seq"]!, (string)first["items"]![0]!["text"]!));
        using var missing = await admin.GetAsync("/api/v1/events?topics=execution:nobody", Cancel);
        await missing.ProblemAsync("topic_not_found", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task GoesOnWhereItBrokeOff()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        string last;
        using (var stream = await EventReader.OpenAsync(admin, "scheduler"))
        {
            await admin.CreateTaskAsync(JobsApi.Command("seen"));
            Assert.Equal("seen", (string?)(await stream.NextAsync("task"))!["name"]);
            last = stream.LastId;
        }

        await admin.CreateTaskAsync(JobsApi.Command("missed"));
        using var resumed = await EventReader.OpenAsync(admin, "scheduler", last);
        Assert.Equal("missed", (string?)(await resumed.NextAsync("task", static task => (string?)task["name"] != "seen"))!["name"]);

        using var strange = await EventReader.OpenAsync(admin, "scheduler", "another-start-17");
        Assert.Equal("reset", (await strange.BlockAsync())!.Value.Type);
    }

    [Fact]
    public async Task AnotherTenantHearsNothing()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var blue = await TenantTests.TenantAdminAsync(server, admin, "blue");
        var database = server.Services.GetRequiredService<ControlDatabase>();
        await HistorySeed.EndedAsync(database, new EndedSeed("run", "j", HistorySeed.Now), Cancel);
        using var stream = await EventReader.OpenAsync(blue, "scheduler");

        await admin.CreateTaskAsync(JobsApi.Command("of default"));
        await blue.CreateTaskAsync("""{"name":"of blue","http":{"url":"http://example.com"}}""");

        Assert.Equal("of blue", (string?)(await stream.NextAsync("task"))!["name"]);
        using var other = await blue.GetAsync("/api/v1/events?topics=execution:run", Cancel);
        await other.ProblemAsync("topic_not_found", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task EndsWhenTheTokenIsRevoked()
    {
        var clock = new FakeClock();
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Clock = clock });
        using var admin = server.Client(server.AdminToken);
        var token = await admin.JsonAsync(HttpMethod.Post, "/api/v1/tokens", """{"name":"v","role":"viewer"}""", HttpStatusCode.Created);
        using var viewer = server.Client((string)token["secret"]!);
        using var stream = await EventReader.OpenAsync(viewer, "scheduler");
        await admin.JsonAsync(HttpMethod.Delete, $"/api/v1/tokens/{token["token"]!["id"]}", null, HttpStatusCode.NoContent);

        var end = stream.NextAsync("nothing");
        await Eventually.HoldsAsync(
            "the stream ended",
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(16));
                return Task.FromResult(end.IsCompleted);
            },
            Cancel);

        Assert.Null(await end);
    }

    [Theory]
    [InlineData("", "invalid_member", HttpStatusCode.BadRequest)]
    [InlineData("weather", "invalid_member", HttpStatusCode.BadRequest)]
    [InlineData("execution:", "invalid_member", HttpStatusCode.BadRequest)]
    public async Task UnknownTopicsAreRefused(string topics, string code, HttpStatusCode status)
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);

        await admin.RefusedAsync(HttpMethod.Get, $"/api/v1/events?topics={topics}", null, code, status);
    }

    [Fact]
    public async Task ListeningNeedsTheScopeOfTheTopic()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var narrow = await server.WithRoleAsync(admin, "viewer", "metrics:read");
        using var nobody = server.Client();

        await narrow.RefusedAsync(HttpMethod.Get, "/api/v1/events?topics=scheduler", null, "scope_missing", HttpStatusCode.Forbidden);
        await nobody.RefusedAsync(HttpMethod.Get, "/api/v1/events?topics=scheduler", null, "unauthenticated", HttpStatusCode.Unauthorized);
    }

    private static Task<int> WriteAsync(ControlDatabase database, long seq, string text) => database.WriteAsync(
        session => session.ExecuteAsync("INSERT INTO job_output (execution_id, seq, stream, at_ms, text) VALUES ('run', @seq, 'out', 0, @text)", new { seq, text }), Cancel);
}
