using System.Net;
using System.Text.Json.Nodes;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Tests.Identity;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Api;

/// <summary>The whole of it on the databases that several instances can share, with two instances.</summary>
public sealed class SharedDatabaseTests(SharedDatabases databases)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(ControlEngine.PostgreSql))]
    [InlineData(nameof(ControlEngine.MySql))]
    public async Task WhatOneInstanceDoesTheOtherShows(string engine)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.yaml"), "name: filed\nschedule: {after: {task: direct}}\ncommand: {file: /bin/true}\n");
        var url = engine == nameof(ControlEngine.PostgreSql) ? await databases.NewPostgreSqlAsync(Cancel) : await databases.NewMariaDbAsync(Cancel);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["storage.control"] = url, ["jobs.folder"] = folder.File("."), ["jobs.files_poll"] = "1h" };
        await using var one = await TestServer.StartAsync(Cancel, new TestServerSetup { Settings = settings });
        await using var two = await TestServer.StartAsync(Cancel, new TestServerSetup { Settings = settings });
        using var first = one.Client(one.AdminToken);
        using var second = two.Client(one.AdminToken);
        using var stream = await EventReader.OpenAsync(second, "scheduler");

        var id = await first.CreateTaskIdAsync("""{"name":"direct","schedule":{"cron":"0 3 1 1 *"},"command":{"file":"/bin/sh","arguments":["-c","echo hello"]}}""");
        Assert.Equal("direct", (string?)(await stream.NextAsync("task"))!["name"]);
        await second.RefusedAsync(HttpMethod.Post, JobsApi.Tasks, JobsApi.Command("direct"), "task_name_taken", HttpStatusCode.Conflict);
        Assert.Equal("filed", (string?)Assert.Single((await second.JsonAsync(HttpMethod.Post, $"{JobsApi.Root}/files/apply"))["changes"]!.AsArray())!["task"]);

        var execution = (string)(await second.JsonAsync(HttpMethod.Post, $"{JobsApi.Tasks}/{id}/trigger", "{}", HttpStatusCode.Accepted))["id"]!;
        Assert.Equal("succeeded", (string?)(await stream.NextAsync("execution", told => (string?)told["id"] == execution && told["finishedAt"] is not null))!["state"]);

        // The job of the file ran after it.
        await Eventually.HoldsAsync("both ran", async () => (await ExecutionsAsync(first)).Count == 2, Cancel);
        var ran = await ExecutionsAsync(first);
        Assert.Equal(["dependency", "manual"], ran.Select(static run => (string?)run!["trigger"]).Order(StringComparer.Ordinal));
        Assert.Equal("hello\n", (string?)(await first.JsonAsync(HttpMethod.Get, $"{JobsApi.Root}/executions/{execution}/output"))["items"]![0]!["text"]);
        Assert.Equal(2, (int)(await second.JsonAsync(HttpMethod.Get, $"{JobsApi.Root}/stats"))["items"]![0]!["succeeded"]!);
        Assert.Equal(2, (await second.JsonAsync(HttpMethod.Get, $"{JobsApi.Root}/instances"))["items"]!.AsArray().Count);

        await first.JsonAsync(HttpMethod.Put, $"{JobsApi.Tasks}/{id}", JobsApi.Command("direct 2", ""","schedule":{"interval":"1h"},"enabled":false"""));
        Assert.Single((await second.JsonAsync(HttpMethod.Get, $"{JobsApi.Tasks}?enabled=false&search=DIRECT"))["items"]!.AsArray());
        await first.JsonAsync(HttpMethod.Post, $"{JobsApi.Tasks}/bulk/enable", """{"all":true}""");
        await first.RefusedAsync(HttpMethod.Delete, $"{JobsApi.Tasks}/{id}", null, "task_has_dependents", HttpStatusCode.Conflict);
        File.WriteAllText(folder.File("a.yaml"), "# nothing\n");
        await first.JsonAsync(HttpMethod.Post, $"{JobsApi.Root}/files/apply");
        await first.JsonAsync(HttpMethod.Delete, $"{JobsApi.Tasks}/{id}", null, HttpStatusCode.NoContent);
        Assert.Empty((await second.JsonAsync(HttpMethod.Get, JobsApi.Tasks))["items"]!.AsArray());
    }

    private static async Task<JsonArray> ExecutionsAsync(HttpClient client) => (await client.JsonAsync(HttpMethod.Get, $"{JobsApi.Root}/executions?state=succeeded"))["items"]!.AsArray();
}
