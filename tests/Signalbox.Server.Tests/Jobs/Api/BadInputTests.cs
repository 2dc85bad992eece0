using System.Net;
using Signalbox.Server.Tests.Identity;
using Signalbox.Testing.Server;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Api;

/// <summary>What nobody would send by mistake is refused by its member's name, and never breaks the server.</summary>
public sealed class BadInputTests(SharedDatabases databases)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatCannotBeAskedForIsRefusedByName()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        (string Path, string Member)[] asked =
        [
            ("stats?to=0001-01-02T00:00:00Z", "to"),
            ("stats?to=1969-12-31T00:00:00Z", "to"),
            ("stats?from=9999-12-31T23:00:00Z&to=9999-12-31T23:59:59Z", "to"),
            ("stats?from=0001-01-01T00:00:00Z&to=0001-01-01T01:00:00Z", "to"),
            ("stats?from=1969-12-31T00:00:00Z&to=1970-03-01T00:00:00Z", "from"),
            ("executions/timeline?to=0001-01-01T05:00:00Z", "to"),
            ("executions/timeline?from=9999-12-31T00:00:00Z&to=9999-12-31T23:59:59Z", "to"),
            ("executions/timeline?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "from"),
            ("executions?limit=99999999999", "limit"),
            ("executions?from=yesterday", "from"),
            ("executions?after=zzz", "after"),
            ("tasks?enabled=maybe", "enabled"),
            ("executions/x/output?after=-99999999999999999999", "after"),
        ];

        foreach (var (path, member) in asked)
        {
            var problem = await admin.RefusedAsync(HttpMethod.Get, $"{JobsApi.Root}/{path}", null, "invalid_member", HttpStatusCode.BadRequest);
            Assert.Equal((path, member), (path, Assert.Single(problem["errors"]!.AsObject()).Key));
        }
    }

    [Fact]
    public async Task AnAddressIsMeasuredAsItIsSent()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);

        var problem = await admin.RefusedAsync(HttpMethod.Post, JobsApi.Tasks, $$"""{"name":"x","http":{"url":"https://example.com/{{new string('é', 8000)}}" } }""", "invalid_member", HttpStatusCode.BadRequest);

        Assert.Equal("http.url", Assert.Single(problem["errors"]!.AsObject()).Key);
    }

    [Fact]
    public async Task OnlySoManyRunsByHandOfOneJobWait()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["jobs.task.waiting"] = "2", ["jobs.slots"] = "1" };
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Settings = settings });
        using var admin = server.Client(server.AdminToken);
        var id = await admin.CreateTaskIdAsync("""{"name":"x","overlap":"queue","queueLimit":100,"command":{"file":"/bin/sleep","arguments":["600"]}}""");
        var path = $"{JobsApi.Tasks}/{id}/trigger";

        // One of them may have begun already.
        await admin.JsonAsync(HttpMethod.Post, path, "{}", HttpStatusCode.Accepted);
        await admin.JsonAsync(HttpMethod.Post, path, "{}", HttpStatusCode.Accepted);
        using var third = await admin.PostAsync(path, "{}".AsJson(), Cancel);
        using var fourth = await admin.PostAsync(path, "{}".AsJson(), Cancel);

        await fourth.ProblemAsync("too_many_waiting", HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task ANulIsRefusedWhereTheDatabaseCannotLookForIt()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["storage.control"] = await databases.NewPostgreSqlAsync(Cancel) };
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Settings = settings });
        using var admin = server.Client(server.AdminToken);

        foreach (var path in new[] { "tasks?search=a%00", "tasks?after=%00", "executions?taskId=%00", "executions?after=e9.%00", "stats?taskId=%00" })
        {
            await admin.RefusedAsync(HttpMethod.Get, $"{JobsApi.Root}/{path}", null, "unfit_text", HttpStatusCode.BadRequest);
        }

        await admin.RefusedAsync(HttpMethod.Post, $"{JobsApi.Tasks}/bulk/enable", """{"ids":["\u0000"]}""", "unfit_text", HttpStatusCode.BadRequest);
    }
}
