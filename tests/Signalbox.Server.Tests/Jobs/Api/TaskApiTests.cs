using System.Net;
using System.Text.Json.Nodes;
using Signalbox.Server.Tests.Identity;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Api;

public sealed class TaskApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AJobIsCreatedShownChangedAndDeleted()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);

        var created = await admin.CreateTaskAsync("""{"name":"nightly","schedule":{"cron":"0 3 * * *","timeZone":"Europe/Berlin"},"command":{"file":"/bin/echo","arguments":["hello"]}}""");
        var path = $"{JobsApi.Tasks}/{created["id"]}";
        Assert.Equal(1, (int)created["version"]!);
        Assert.Equal(("api", "admin-token", true), ((string)created["source"]!, (string)created["createdBy"]!, (bool)created["enabled"]!));
        Assert.Equal(("1h", "30s", "forbid", "once"), ((string)created["timeout"]!, (string)created["grace"]!, (string)created["overlap"]!, (string)created["misfire"]!));
        Assert.Equal("shift-to-end", (string?)created["schedule"]!["gap"]);
        Assert.Empty(created["recent"]!.AsArray());

        using var shown = await admin.GetAsync(path, Cancel);
        Assert.Equal("\"1\"", shown.Headers.ETag!.Tag);

        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = """{"name":"nightly 2","command":{"file":"/bin/true"}}""".AsJson() };
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        using var changed = await admin.SendAsync(request, Cancel);
        var after = await changed.ReadAsync();
        Assert.Equal("\"2\"", changed.Headers.ETag!.Tag);
        Assert.Equal(("nightly 2", 2), ((string)after["name"]!, (int)after["version"]!));
        Assert.Null(after["schedule"]);
        Assert.Null(after["nextFireAt"]);

        await admin.RefusedAsync(HttpMethod.Delete, path, null, "version_changed", HttpStatusCode.PreconditionFailed, "\"1\"");
        await admin.JsonAsync(HttpMethod.Delete, path, null, HttpStatusCode.NoContent);
        await admin.RefusedAsync(HttpMethod.Get, path, null, "task_not_found", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task AChangeThatChangesNothingLeavesTheVersion()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        var body = JobsApi.Command("same", ""","retry":{"attempts":2},"schedule":{"interval":"1h"}""");
        var id = await admin.CreateTaskIdAsync(body);

        Assert.Equal(1, (int)(await admin.JsonAsync(HttpMethod.Put, $"{JobsApi.Tasks}/{id}", body))["version"]!);
    }

    [Fact]
    public async Task ANameIsTakenOnce()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        await admin.CreateTaskAsync(JobsApi.Command("one"));
        var two = await admin.CreateTaskIdAsync(JobsApi.Command("two"));

        await admin.RefusedAsync(HttpMethod.Post, JobsApi.Tasks, JobsApi.Command("one"), "task_name_taken", HttpStatusCode.Conflict);
        await admin.RefusedAsync(HttpMethod.Put, $"{JobsApi.Tasks}/{two}", JobsApi.Command("one"), "task_name_taken", HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task EverythingThatIsWrongIsToldMemberByMember()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);

        var problem = await admin.RefusedAsync(
            HttpMethod.Post, JobsApi.Tasks, """{"name":"x","schedule":{"cron":"61 * * * *"},"command":{"file":"a"},"timeout":"x","colour":1}""", "invalid_member", HttpStatusCode.BadRequest);

        Assert.Equal(["colour", "schedule.cron", "timeout"], problem["errors"]!.AsObject().Select(static error => error.Key).Order(StringComparer.Ordinal));
        Assert.Contains("character 1", (string?)problem["errors"]!["schedule.cron"]![0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutEnabledAChangeLeavesItAsItIs()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        var id = await admin.CreateTaskIdAsync(JobsApi.Command("x"));

        Assert.False((bool)(await admin.JsonAsync(HttpMethod.Post, $"{JobsApi.Tasks}/{id}/disable"))["enabled"]!);
        Assert.False((bool)(await admin.JsonAsync(HttpMethod.Put, $"{JobsApi.Tasks}/{id}", JobsApi.Command("y")))["enabled"]!);
        Assert.True((bool)(await admin.JsonAsync(HttpMethod.Put, $"{JobsApi.Tasks}/{id}", JobsApi.Command("y", ",\"enabled\":true")))["enabled"]!);
    }

    [Fact]
    public async Task ManyJobsAreSwitchedAtOnce()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        var a = await admin.CreateTaskIdAsync(JobsApi.Command("a"));
        var b = await admin.CreateTaskIdAsync(JobsApi.Command("b", ",\"enabled\":false"));

        var some = await admin.JsonAsync(HttpMethod.Post, $"{JobsApi.Tasks}/bulk/disable", $$"""{"ids":["{{a}}","{{b}}","nobody"]}""");
        Assert.Equal(a, (string?)Assert.Single(some["changed"]!.AsArray()));
        Assert.Equal(b, (string?)Assert.Single(some["unchanged"]!.AsArray()));
        Assert.Equal("nobody", (string?)Assert.Single(some["notFound"]!.AsArray()));

        var all = await admin.JsonAsync(HttpMethod.Post, $"{JobsApi.Tasks}/bulk/enable", """{"all":true}""");
        Assert.Equal([a, b], all["changed"]!.AsArray().Select(static id => (string)id!));
        await admin.RefusedAsync(HttpMethod.Post, $"{JobsApi.Tasks}/bulk/enable", "{}", "invalid_member", HttpStatusCode.BadRequest);
        await admin.RefusedAsync(HttpMethod.Post, $"{JobsApi.Tasks}/bulk/enable", """{"ids":[],"all":true}""", "invalid_member", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task AListIsFilteredAndComesInPages()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        foreach (var name in new[] { "b_1", "a%2", "C 3", "d" })
        {
            await admin.CreateTaskAsync(JobsApi.Command(name.Replace('%', '-'), name == "d" ? ",\"enabled\":false" : string.Empty));
        }

        await admin.CreateTaskAsync("""{"name":"web","http":{"url":"http://example.com/"}}""");

        Assert.Equal(["C 3", "a-2", "b_1", "d", "web"], await NamesAsync(admin, "?limit=2"));
        Assert.Equal(["C 3"], await NamesAsync(admin, "?search=c"));
        Assert.Equal(["b_1"], await NamesAsync(admin, "?search=_"));
        Assert.Equal(["d"], await NamesAsync(admin, "?enabled=false"));
        Assert.Equal(["web"], await NamesAsync(admin, "?kind=http&source=api"));
        Assert.Empty(await NamesAsync(admin, "?state=failed"));
        await admin.RefusedAsync(HttpMethod.Get, $"{JobsApi.Tasks}?state=running", null, "invalid_member", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task AJobRunsAfterAnotherOneAndNotInACircle()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        var first = await admin.CreateTaskIdAsync(JobsApi.Command("first"));
        var second = await admin.CreateTaskAsync(JobsApi.Command("second", ""","schedule":{"after":{"task":"first"}}"""));
        Assert.Equal("first", (string?)second["schedule"]!["after"]!["task"]);

        var circle = await admin.RefusedAsync(
            HttpMethod.Put, $"{JobsApi.Tasks}/{first}", JobsApi.Command("first", $$$""","schedule":{"after":{"task":"{{{second["id"]}}}"}}"""), "invalid_member", HttpStatusCode.BadRequest);
        Assert.NotNull(circle["errors"]!["schedule.after.task"]);
        await admin.RefusedAsync(HttpMethod.Post, JobsApi.Tasks, JobsApi.Command("third", ""","schedule":{"after":{"task":"nobody"}}"""), "invalid_member", HttpStatusCode.BadRequest);
        await admin.RefusedAsync(HttpMethod.Delete, $"{JobsApi.Tasks}/{first}", null, "task_has_dependents", HttpStatusCode.Conflict);

        // A new name of the first does not tear them apart.
        await admin.JsonAsync(HttpMethod.Put, $"{JobsApi.Tasks}/{first}", JobsApi.Command("renamed"));
        Assert.Equal("renamed", (string?)(await admin.JsonAsync(HttpMethod.Get, $"{JobsApi.Tasks}/{second["id"]}"))["schedule"]!["after"]!["task"]);
    }

    [Fact]
    public async Task ATenantHasItsLimitOfJobs()
    {
        await using var server = await TestServer.StartAsync(Cancel, new TestServerSetup { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["jobs.tasks_per_tenant"] = "1" } });
        using var admin = server.Client(server.AdminToken);
        await admin.CreateTaskAsync(JobsApi.Command("a"));

        await admin.RefusedAsync(HttpMethod.Post, JobsApi.Tasks, JobsApi.Command("b"), "too_many_tasks", HttpStatusCode.Conflict);
        Assert.Contains("signalbox_job_definitions_refused_total{limit=\"jobs.tasks_per_tenant\"} 1", await admin.GetStringAsync("/metrics", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecretsAreShownToAdminsAlone()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var viewer = await server.WithRoleAsync(admin, "viewer");
        using var narrowed = await server.WithRoleAsync(admin, "admin", "jobs:read");
        var id = await admin.CreateTaskIdAsync("""{"name":"x","command":{"file":"/bin/true","environment":{"PASSWORD":"hunter2"}}}""");

        Assert.Equal("hunter2", await ValueAsync(admin));
        Assert.DoesNotContain("hunter2", await ValueAsync(viewer), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", await ValueAsync(narrowed), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", await viewer.GetStringAsync(JobsApi.Tasks, Cancel), StringComparison.Ordinal);

        async Task<string> ValueAsync(HttpClient client) => (string)(await client.JsonAsync(HttpMethod.Get, $"{JobsApi.Tasks}/{id}"))["command"]!["environment"]!["PASSWORD"]!;
    }

    [Fact]
    public async Task APreviewMarksWhatTheClocksDo()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);

        var preview = await admin.JsonAsync(
            HttpMethod.Post, $"{JobsApi.Root}/preview", """{"schedule":{"cron":"30 2 * * *","timeZone":"Europe/Berlin"},"from":"2026-03-28T12:00:00Z","count":2}""");

        Assert.Equal("Europe/Berlin", (string?)preview["timeZone"]);
        Assert.Equal(("gap", "2026-03-29T03:00:00+02:00", "2026-03-29T01:00:00.000Z"), Line(preview, 0));
        Assert.Equal((null, "2026-03-30T02:30:00+02:00", "2026-03-30T00:30:00.000Z"), Line(preview, 1));
        await admin.RefusedAsync(HttpMethod.Post, $"{JobsApi.Root}/preview", """{"schedule":{"cron":"x"}}""", "invalid_member", HttpStatusCode.BadRequest);
        await admin.RefusedAsync(HttpMethod.Post, $"{JobsApi.Root}/preview", """{"schedule":{"cron":"* * * * *"},"count":1001}""", "invalid_member", HttpStatusCode.BadRequest);

        var id = await admin.CreateTaskIdAsync(JobsApi.Command("p", ""","schedule":{"interval":"1h"}"""));
        Assert.Equal(50, (await admin.JsonAsync(HttpMethod.Get, $"{JobsApi.Tasks}/{id}/preview"))["items"]!.AsArray().Count);
    }

    private static (string? Mark, string? Local, string? At) Line(JsonNode preview, int index)
    {
        var line = preview["items"]![index]!;
        return ((string?)line["mark"], (string?)line["local"], (string?)line["at"]);
    }

    private static async Task<List<string>> NamesAsync(HttpClient client, string query)
    {
        var names = new List<string>();
        string? next = null;
        do
        {
            var page = await client.JsonAsync(HttpMethod.Get, JobsApi.Tasks + query + (next is null ? string.Empty : $"&after={Uri.EscapeDataString(next)}"));
            names.AddRange(page["items"]!.AsArray().Select(static task => (string)task!["name"]!));
            next = (string?)page["next"];
        }
        while (next is not null);
        return names;
    }
}
