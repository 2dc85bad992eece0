using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Tests.Identity;
using Signalbox.Server.Tests.Jobs.History;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Api;

/// <summary>Who may do what with jobs, and that nobody reaches another tenant's.</summary>
public sealed class RoleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ViewersLookOperatorsRunAdminsChange()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var viewer = await server.WithRoleAsync(admin, "viewer");
        using var worker = await server.WithRoleAsync(admin, "operator");
        var task = $"{JobsApi.Tasks}/{await admin.CreateTaskIdAsync(JobsApi.Command("x"))}";

        await viewer.JsonAsync(HttpMethod.Get, task);
        await viewer.JsonAsync(HttpMethod.Post, $"{JobsApi.Root}/preview", """{"schedule":{"interval":"1h"}}""");
        await viewer.RefusedAsync(HttpMethod.Post, $"{task}/trigger", "{}", "role_missing", HttpStatusCode.Forbidden);
        await worker.JsonAsync(HttpMethod.Post, $"{task}/trigger", "{}", HttpStatusCode.Accepted);
        foreach (var (method, path, body) in new (HttpMethod, string, string?)[]
        {
            (HttpMethod.Post, JobsApi.Tasks, JobsApi.Command("y")), (HttpMethod.Put, task, JobsApi.Command("y")), (HttpMethod.Delete, task, null),
            (HttpMethod.Post, $"{task}/enable", null), (HttpMethod.Post, $"{task}/disable", null), (HttpMethod.Post, $"{JobsApi.Tasks}/bulk/enable", """{"all":true}"""),
            (HttpMethod.Post, $"{JobsApi.Root}/files/plan", null), (HttpMethod.Post, $"{JobsApi.Root}/files/apply", null),
        })
        {
            await worker.RefusedAsync(method, path, body, "role_missing", HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task AnotherTenantNeitherSeesNorTouchesAJob()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var blue = await TenantTests.TenantAdminAsync(server, admin, "blue");
        var id = await admin.CreateTaskIdAsync(JobsApi.Command("of default", ""","schedule":{"interval":"1h"}"""));
        await HistorySeed.EndedAsync(server.Services.GetRequiredService<ControlDatabase>(), new EndedSeed("run", id, HistorySeed.Now), Cancel);
        var task = $"{JobsApi.Tasks}/{id}";

        foreach (var (method, path, body) in new (HttpMethod, string, string?)[]
        {
            (HttpMethod.Get, task, null), (HttpMethod.Put, task, """{"name":"y","http":{"url":"http://a"}}"""), (HttpMethod.Delete, task, null), (HttpMethod.Post, $"{task}/enable", null),
            (HttpMethod.Post, $"{task}/disable", null), (HttpMethod.Post, $"{task}/trigger", "{}"), (HttpMethod.Get, $"{task}/preview", null), (HttpMethod.Get, $"{task}/fires", null), (HttpMethod.Get, $"{task}/schedules", null),
        })
        {
            await blue.RefusedAsync(method, path, body, "task_not_found", HttpStatusCode.NotFound);
        }

        await blue.RefusedAsync(HttpMethod.Get, $"{JobsApi.Root}/executions/run", null, "execution_not_found", HttpStatusCode.NotFound);
        await blue.RefusedAsync(HttpMethod.Get, $"{JobsApi.Root}/executions/run/output", null, "execution_not_found", HttpStatusCode.NotFound);
        await blue.RefusedAsync(HttpMethod.Post, $"{JobsApi.Root}/executions/run/cancel", null, "execution_not_found", HttpStatusCode.NotFound);
        Assert.Empty((await blue.JsonAsync(HttpMethod.Get, JobsApi.Tasks))["items"]!.AsArray());
        Assert.Empty((await blue.JsonAsync(HttpMethod.Get, $"{JobsApi.Root}/executions?taskId={id}"))["items"]!.AsArray());
        var bulk = await blue.JsonAsync(HttpMethod.Post, $"{JobsApi.Tasks}/bulk/disable", $$"""{"ids":["{{id}}"]}""");
        Assert.Equal(id, (string?)Assert.Single(bulk["notFound"]!.AsArray()));
        Assert.True((bool)(await admin.JsonAsync(HttpMethod.Get, task))["enabled"]!);
        Assert.Empty((await blue.JsonAsync(HttpMethod.Get, $"{JobsApi.Root}/executions/timeline?taskId={id}"))["lanes"]!.AsArray());
        Assert.Empty((await blue.JsonAsync(HttpMethod.Get, $"{JobsApi.Root}/stats?taskId={id}&by=task"))["items"]!.AsArray());
        Assert.Empty((await blue.JsonAsync(HttpMethod.Get, $"{JobsApi.Root}/executions?after=e{long.MaxValue}.~"))["items"]!.AsArray());

        // The same name is another job there.
        await blue.CreateTaskAsync("""{"name":"of default","http":{"url":"http://example.com/"}}""");
        await blue.RefusedAsync(HttpMethod.Post, JobsApi.Tasks, """{"name":"z","http":{"url":"http://a"},"schedule":{"after":{"task":"ID"}}}""".Replace("ID", id, StringComparison.Ordinal), "invalid_member", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task WhatRunsOnTheServersMachineIsForTrustedTenants()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var blue = await TenantTests.TenantAdminAsync(server, admin, "blue");

        var problem = await blue.RefusedAsync(HttpMethod.Post, JobsApi.Tasks, JobsApi.Command("x"), "tenant_not_trusted", HttpStatusCode.Forbidden);
        Assert.Contains("jobs.trusted_tenants", (string?)problem["detail"], StringComparison.Ordinal);
        await blue.RefusedAsync(HttpMethod.Post, JobsApi.Tasks, """{"name":"x","handler":{"name":"noop"}}""", "tenant_not_trusted", HttpStatusCode.Forbidden);
        var id = await blue.CreateTaskIdAsync("""{"name":"x","http":{"url":"http://example.com/"}}""");
        await blue.RefusedAsync(HttpMethod.Put, $"{JobsApi.Tasks}/{id}", JobsApi.Command("x"), "tenant_not_trusted", HttpStatusCode.Forbidden);

        // Nor is it told which handlers others have.
        await blue.RefusedAsync(HttpMethod.Post, JobsApi.Tasks, """{"name":"x","handler":{"name":"nobody's"}}""", "tenant_not_trusted", HttpStatusCode.Forbidden);
        Assert.Empty((await blue.JsonAsync(HttpMethod.Get, $"{JobsApi.Root}/handlers"))["items"]!.AsArray());
        Assert.NotEmpty((await admin.JsonAsync(HttpMethod.Get, $"{JobsApi.Root}/handlers"))["items"]!.AsArray());
    }
}
