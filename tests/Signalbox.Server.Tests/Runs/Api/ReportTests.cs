using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Tests.Identity;
using Signalbox.Server.Tests.Jobs.Api;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Runs;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Runs.Api;

public sealed class ReportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task AnUnknownMemberIsRefusedWithItsName()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        var report = RunReports.Small(1, Now);
        report["outcome"]!["colour"] = "blue";
        Assert.Contains("'colour'", (string?)(await RefusedAsync(client, report, "unknown_member"))["detail"], StringComparison.Ordinal);
        report = RunReports.Small(1, Now);
        report.Remove("spanId");
        Assert.Contains("spanId", (string?)(await RefusedAsync(client, report, "missing_member"))["detail"], StringComparison.Ordinal);
        foreach (var broken in (string[])["{", "[]", "null", """{"schema":"1"}""", """{"schema":1,"schema":1}""", "\"\\ud800\""])
        {
            await client.RefusedAsync(HttpMethod.Post, RunsApi.Root, broken, broken == "{" || broken.Length > 2 || broken == "[]" ? "malformed_json" : "missing_member", HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task EverythingThatIsWrongIsToldAtOnce()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        var report = RunReports.Small(1, Now.AddDays(3)).WithFile("core.dump", [1]).WithFile("log.jsonl", []);
        report["schema"] = 2;
        report["id"] = "../../etc/passwd";
        report["revision"] = 0;
        report["state"] = "asleep";
        report["traceId"] = "xyz";
        report["durationSeconds"] = -1;
        report["ci"]!["repository"] = new string('r', 256);
        report["ci"]!["branch"] = "a\0b";
        report["outcome"]!["reason"] = "Because!";
        report["risk"] = new JsonObject { ["score"] = 101, ["level"] = "scary" };
        report["usage"] = new JsonObject { ["totalTokens"] = -5, ["costUsd"] = -0.1, ["models"] = new JsonArray(new JsonObject { ["model"] = "m", ["input"] = -1 }, new JsonObject { ["model"] = "m" }) };
        report["resources"] = new JsonObject { ["chart"] = new JsonArray(new JsonArray(1, 2, 3)) };
        report["files"]![1]!["sha256"] = new string('0', 64);

        var errors = (await RefusedAsync(client, report, "invalid_member"))["errors"]!.AsObject().Select(static error => error.Key);

        Assert.Equal(
            [
                "ci.branch", "ci.repository", "durationSeconds", "files[0].name", "files[1].sha256", "finishedAt", "id", "outcome.reason", "resources.chart", "revision", "risk.level", "risk.score",
                "schema", "startedAt", "state", "traceId", "usage.costUsd", "usage.models", "usage.models[0]", "usage.totalTokens",
            ],
            errors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task SecretsThatTheRunnerDidNotKnowOfAreErased()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        var secret = "ghp_" + string.Concat("A1b2C3d4E5f6G7h8I9j0", "K1l2M3n4O5p6Q7r8");
        var report = RunReports.Small(1, Now);
        report["command"] = new JsonArray("curl", "-H", $"Authorization: Bearer {secret}");
        report["changes"] = new JsonArray(new JsonObject { ["path"] = "a.env", ["kind"] = "added", ["attributed"] = true, ["diff"] = $"+GITHUB_TOKEN={secret}\n" });
        report["limits"] = new JsonObject { ["password"] = 3 };

        await client.ReportAsync(report);

        var shown = await client.GetStringAsync(new Uri($"{RunsApi.Root}/{RunReports.IdOf(1)}", UriKind.Relative), Cancel);
        var listed = await client.GetStringAsync(new Uri(RunsApi.Root, UriKind.Relative), Cancel);
        Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, listed, StringComparison.Ordinal);
        Assert.Equal(3, (long)JsonNode.Parse(shown)!["limits"]!["password"]!);
        Assert.Empty((await client.JsonAsync(HttpMethod.Get, $"{RunsApi.Root}?q={secret}"))["items"]!.AsArray());

        // The same report is known again, although what is kept of it is not what came.
        await client.ReportAsync(report, HttpStatusCode.OK);
    }

    [Fact]
    public async Task BoundsAreNamedWhenTheyArePassed()
    {
        await using var server = await TestServer.StartAsync(
            Cancel,
            new TestServerSetup { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["runs.max_file"] = "1MiB", ["runs.max_run"] = "2MiB", ["runs.quota"] = "3MiB" } });
        using var client = server.Client(server.AdminToken);
        var (large, fitting, half) = (new byte[(1024 * 1024) + 1], new byte[1024 * 1024], new byte[700 * 1024]);

        Assert.Contains("runs.max_file", (string?)(await RefusedAsync(client, RunReports.Small(1, Now).WithFile("log.jsonl", large), "run_file_too_large", HttpStatusCode.RequestEntityTooLarge))["detail"], StringComparison.Ordinal);
        Assert.Contains(
            "runs.max_run",
            (string?)(await RefusedAsync(client, RunReports.Small(1, Now).WithFile("log.jsonl", fitting).WithFile("audit.jsonl", fitting), "run_too_large", HttpStatusCode.RequestEntityTooLarge))["detail"],
            StringComparison.Ordinal);
        foreach (var number in new[] { 1, 2, 3, 4 })
        {
            await client.ReportAsync(RunReports.Small(number, Now).WithFile("log.jsonl", half));
        }

        Assert.Contains("runs.quota", (string?)(await RefusedAsync(client, RunReports.Small(5, Now).WithFile("log.jsonl", half), "run_quota_used", HttpStatusCode.RequestEntityTooLarge))["detail"], StringComparison.Ordinal);
        await client.JsonAsync(HttpMethod.Delete, $"{RunsApi.Root}/{RunReports.IdOf(1)}", null, HttpStatusCode.NoContent);
        await client.ReportAsync(RunReports.Small(5, Now).WithFile("log.jsonl", half));
        var metrics = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancel);
        Assert.Contains("signalbox_runs_refused_total{", metrics, StringComparison.Ordinal);
        Assert.Contains("reason=\"runs.quota\"", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RolesAndScopesAreHeeded()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var viewer = await server.WithRoleAsync(admin, "viewer");
        using var runner = await server.WithRoleAsync(admin, "operator", "runs:write");
        await runner.ReportAsync(RunReports.Small(1, Now));

        Assert.Single((await viewer.JsonAsync(HttpMethod.Get, RunsApi.Root))["items"]!.AsArray());
        await viewer.RefusedAsync(HttpMethod.Post, RunsApi.Root, "{}", "role_missing", HttpStatusCode.Forbidden);
        await runner.RefusedAsync(HttpMethod.Get, RunsApi.Root, null, "scope_missing", HttpStatusCode.Forbidden);
        await runner.RefusedAsync(HttpMethod.Delete, $"{RunsApi.Root}/{RunReports.IdOf(1)}", null, "role_missing", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task AnotherTenantSeesNothingAndMayUseTheSameId()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        await admin.JsonAsync(HttpMethod.Post, "/api/v1/tenants", """{"name":"blue"}""", HttpStatusCode.Created);
        using var blue = server.Client(server.AdminToken);
        blue.DefaultRequestHeaders.Add("X-Scope-OrgID", "blue");
        await SampleRuns.PostAsync(admin, SampleRun.All[0], Now, Cancel);
        var id = SampleRun.All[0].Id;

        foreach (var path in (string[])["", "/timeline", "/files", "/files/log.jsonl"])
        {
            await blue.RefusedAsync(HttpMethod.Get, $"{RunsApi.Root}/{id}{path}", null, "run_not_found", HttpStatusCode.NotFound);
        }

        Assert.Empty((await blue.JsonAsync(HttpMethod.Get, RunsApi.Root))["items"]!.AsArray());
        Assert.Empty((await blue.JsonAsync(HttpMethod.Get, $"{RunsApi.Root}/costs"))["items"]!.AsArray());
        await blue.ReportAsync(RunReports.Small(1, Now));
        await blue.JsonAsync(HttpMethod.Delete, $"{RunsApi.Root}/{id}", null, HttpStatusCode.NoContent);
        Assert.Single((await admin.JsonAsync(HttpMethod.Get, RunsApi.Root))["items"]!.AsArray());
    }

    [Fact]
    public async Task StreamsTellOfRunsAsTheyComeAndGo()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        using var stream = await EventReader.OpenAsync(client, "runs");

        await client.ReportAsync(RunReports.Small(1, Now));
        Assert.Equal((RunReports.IdOf(1), "report"), await NextAsync());
        await client.JsonAsync(HttpMethod.Delete, $"{RunsApi.Root}/{RunReports.IdOf(1)}", null, HttpStatusCode.NoContent);
        Assert.Equal((RunReports.IdOf(1), "delete"), await NextAsync());

        async Task<(string?, string?)> NextAsync() => await stream.NextAsync("run") is { } told ? ((string?)told["id"], (string?)told["change"]) : default;
    }

    [Fact]
    public async Task ReportingAndDeletingAreRecorded()
    {
        var trail = new RecordingTrail();
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Adjust = builder => builder.Services.AddSingleton<IAuditTrail>(trail) });
        using var client = server.Client(server.AdminToken);
        var report = RunReports.Small(1, Now);
        client.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        await client.ReportAsync(report);
        client.DefaultRequestHeaders.Remove("traceparent");
        await client.ReportAsync(report, HttpStatusCode.OK);
        await client.JsonAsync(HttpMethod.Delete, $"{RunsApi.Root}/{RunReports.IdOf(1)}", null, HttpStatusCode.NoContent);

        // An answer may arrive before the server has written down that it gave it.
        bool IsRecorded(string action) => trail.Records.Any(record => record.Event is { Resource.Type.Name: "run", Outcome: AuditOutcome.Succeeded } && record.Event.Action.Name == action && record.Event.Resource.Id == RunReports.IdOf(1));
        await Eventually.HoldsAsync("the report is recorded", () => Task.FromResult(IsRecorded("run.report")), Cancel);
        await Eventually.HoldsAsync("the deletion is recorded", () => Task.FromResult(IsRecorded("run.delete")), Cancel);

        // A trace that the caller names says where the record belongs, and nothing of who called.
        var reported = Assert.Single(trail.Records, static record => record.Event.Resource.Type.Name == "run" && record.Scope?.TraceId == "0af7651916cd43dd8448eb211c80319c");
        Assert.True(reported.Event is { Action.Name: "run.report", Outcome: AuditOutcome.Succeeded } && reported.Event.Resource.Id == RunReports.IdOf(1));
    }

    [Fact]
    public async Task WhatIsAskedWronglyIsToldByName()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        await client.ReportAsync(RunReports.Small(1, Now).WithFile("log.jsonl", new byte[200_000]));
        var id = RunReports.IdOf(1);
        foreach (var query in (string[])["?sort=colour", "?after=x", "?risk_min=101", "?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "?sort=risk&after=cost.1.x", "/costs?by=colour", $"/{id}/timeline?after=-1"])
        {
            await client.RefusedAsync(HttpMethod.Get, RunsApi.Root + query, null, "invalid_member", HttpStatusCode.BadRequest);
        }

        await client.RefusedAsync(HttpMethod.Put, $"{RunsApi.Root}/{id}/files/trace.json", "{}", "run_file_not_found", HttpStatusCode.NotFound);
        using var small = await client.PutPartAsync(id, "log.jsonl", new byte[200_000], 0, 10);
        await small.ProblemAsync("invalid_member", HttpStatusCode.BadRequest);
        using var other = await client.PutPartAsync(id, "log.jsonl", new byte[100_000], 0, 100_000);
        await other.ProblemAsync("file_size_differs", HttpStatusCode.Conflict);
        await client.RefusedAsync(HttpMethod.Put, $"{RunsApi.Root}/{id}/files/log.jsonl", "{}", "file_size_differs", HttpStatusCode.Conflict);
    }

    private static async Task<JsonNode> RefusedAsync(HttpClient client, JsonObject report, string code, HttpStatusCode status = HttpStatusCode.BadRequest) =>
        await client.RefusedAsync(HttpMethod.Post, RunsApi.Root, report.ToJsonString(), code, status);
}
