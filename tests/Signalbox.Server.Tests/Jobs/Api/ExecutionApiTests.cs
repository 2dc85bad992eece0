using System.Net;
using System.Text.Json.Nodes;
using Signalbox.Server.Tests.Identity;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Api;

public sealed class ExecutionApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AJobRunsByHandAndShowsWhatItDid()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        var id = await admin.CreateTaskIdAsync("""{"name":"greet","enabled":false,"command":{"file":"/bin/sh","arguments":["-c","echo hello; echo oops >&2; exit 3"]}}""");
        using var stream = await EventReader.OpenAsync(admin, "scheduler");

        var execution = await admin.JsonAsync(HttpMethod.Post, $"{JobsApi.Tasks}/{id}/trigger", null, HttpStatusCode.Accepted);
        Assert.Equal(("greet", "manual", "admin-token"), ((string)execution["taskName"]!, (string)execution["trigger"]!, (string)execution["requestedBy"]!));
        var ended = await EndedAsync(admin, (string)execution["id"]!);

        Assert.Equal(("failed", 3, 1), ((string)ended["state"]!, (int)ended["exitCode"]!, (int)ended["attempt"]!));
        Assert.Null(ended["leaseUntil"]);
        var output = await admin.JsonAsync(HttpMethod.Get, $"{JobsApi.Root}/executions/{execution["id"]}/output");
        Assert.True((bool)output["complete"]!);
        Assert.Null(output["next"]);
        Assert.Equal("hello\n", string.Concat(output["items"]!.AsArray().Where(static item => (string?)item!["stream"] == "out").Select(static item => (string?)item!["text"])));
        Assert.Equal("oops\n", string.Concat(output["items"]!.AsArray().Where(static item => (string?)item!["stream"] == "err").Select(static item => (string?)item!["text"])));
        Assert.Equal("failed", (string?)(await stream.NextAsync("execution", static told => (string?)told["state"] == "failed"))!["state"]);
        await admin.RefusedAsync(HttpMethod.Post, $"{JobsApi.Root}/executions/{execution["id"]}/cancel", null, "execution_ended", HttpStatusCode.Conflict);

        var task = await admin.JsonAsync(HttpMethod.Get, $"{JobsApi.Tasks}/{id}");
        Assert.Equal("failed", (string?)task["lastExecution"]!["state"]);
        Assert.Single(task["recent"]!.AsArray());
        var statistics = await admin.JsonAsync(HttpMethod.Get, $"{JobsApi.Root}/stats?taskId={id}");
        Assert.Equal((1, 1, 0.0), ((int)statistics["items"]![0]!["runs"]!, (int)statistics["items"]![0]!["failed"]!, (double)statistics["items"]![0]!["successRate"]!));
        Assert.NotEmpty((await admin.JsonAsync(HttpMethod.Get, $"{JobsApi.Root}/executions/timeline"))["lanes"]!.AsArray());
    }

    [Fact]
    public async Task ARunningExecutionIsCancelled()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        var id = await admin.CreateTaskIdAsync("""{"name":"sleep","command":{"file":"/bin/sleep","arguments":["600"]}}""");
        var execution = (string)(await admin.JsonAsync(HttpMethod.Post, $"{JobsApi.Tasks}/{id}/trigger", "{}", HttpStatusCode.Accepted))["id"]!;
        await Eventually.HoldsAsync("the execution ran", async () => (string?)(await admin.JsonAsync(HttpMethod.Get, $"{JobsApi.Root}/executions/{execution}"))["state"] == "running", Cancel);

        await admin.JsonAsync(HttpMethod.Post, $"{JobsApi.Root}/executions/{execution}/cancel", null, HttpStatusCode.Accepted);

        var ended = await EndedAsync(admin, execution);
        Assert.Equal(("cancelled", "requested"), ((string)ended["state"]!, (string)ended["cancelReason"]!));
    }

    [Fact]
    public async Task OnlyHandlersTakeArguments()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        var id = await admin.CreateTaskIdAsync(JobsApi.Command("x"));

        await admin.RefusedAsync(HttpMethod.Post, $"{JobsApi.Tasks}/{id}/trigger", """{"arguments":{"a":1}}""", "invalid_member", HttpStatusCode.BadRequest);
        var noop = await admin.CreateTaskIdAsync("""{"name":"noop","handler":{"name":"noop"}}""");
        await admin.RefusedAsync(HttpMethod.Post, $"{JobsApi.Tasks}/{noop}/trigger", """{"arguments":{"colour":"red"}}""", "invalid_member", HttpStatusCode.BadRequest);
        var unknown = await admin.RefusedAsync(HttpMethod.Post, JobsApi.Tasks, """{"name":"y","handler":{"name":"nobody"}}""", "invalid_member", HttpStatusCode.BadRequest);
        Assert.NotNull(unknown["errors"]!["handler.name"]);
        Assert.Contains("noop", (await admin.JsonAsync(HttpMethod.Get, $"{JobsApi.Root}/handlers"))["items"]!.AsArray().Select(static handler => (string?)handler!["name"]));
    }

    [Theory]
    [InlineData("executions?state=happy", "state")]
    [InlineData("executions?trigger=moon", "trigger")]
    [InlineData("executions?after=x", "after")]
    [InlineData("executions?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "to")]
    [InlineData("stats?by=moon", "by")]
    [InlineData("stats?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "from")]
    [InlineData("executions/timeline?from=2020-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "from")]
    public async Task AQuestionThatDoesNotHoldIsRefused(string path, string member)
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);

        Assert.NotNull((await admin.RefusedAsync(HttpMethod.Get, $"{JobsApi.Root}/{path}", null, "invalid_member", HttpStatusCode.BadRequest))["errors"]![member]);
    }

    [Fact]
    public async Task TheScheduleThatIsInForceIsShown()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        var created = await admin.CreateTaskAsync(JobsApi.Command("x", ""","schedule":{"interval":"1h"}"""));
        Assert.NotNull(created["nextFireAt"]);

        await admin.JsonAsync(HttpMethod.Put, $"{JobsApi.Tasks}/{created["id"]}", JobsApi.Command("x", ""","schedule":{"cron":"0 3 * * *"}"""));

        var periods = (await admin.JsonAsync(HttpMethod.Get, $"{JobsApi.Tasks}/{created["id"]}/schedules"))["items"]!.AsArray();
        Assert.Equal(["0 3 * * *", null], periods.Select(static period => (string?)period!["schedule"]!["cron"]));
        Assert.Null(periods[0]!["until"]);
        Assert.Equal((string?)periods[0]!["from"], (string?)periods[1]!["until"]);
        Assert.Single((await admin.JsonAsync(HttpMethod.Get, $"{JobsApi.Root}/instances"))["items"]!.AsArray());
    }

    private static Task<JsonNode> EndedAsync(HttpClient client, string id) => Eventually.GetsAsync(
        "the execution ended", async () => await client.JsonAsync(HttpMethod.Get, $"{JobsApi.Root}/executions/{id}") is var execution && execution["finishedAt"] is not null ? execution : null, Cancel);
}
