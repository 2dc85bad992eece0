using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Signalbox.Server.Jobs.Files;
using Signalbox.Settings;
using Signalbox.Server.Tests.Identity;
using Signalbox.Server.Tests.Jobs.Api;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Files;

public sealed class FilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Jobs => _folder.File("jobs");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task JobsOfFilesAreThereAfterTheStartAndFollowTheirFiles()
    {
        Write("a.yaml", """
            # Two jobs, one after the other.
            name: second
            schedule: {after: {task: first}}
            command: {file: /bin/echo, arguments: [1, true, "x"], environment: {PORT: 8080, PASSWORD: hunter2}}
            ---
            name: first
            schedule:
              cron: "0 3 * * *"
            http:
              url: https://example.com/
            """);
        await using var server = await StartAsync();
        using var admin = server.Client(server.AdminToken);
        var watch = server.Services.GetRequiredService<FilesWatch>();
        await WaitForAsync(admin, 2);

        var tasks = await admin.JsonAsync(HttpMethod.Get, JobsApi.Tasks);
        var (first, second) = (tasks["items"]![0]!, tasks["items"]![1]!);
        Assert.Equal(("file", "a.yaml", "Signalbox"), ((string)first["source"]!, (string)first["file"]!, (string)first["createdBy"]!));
        Assert.Equal(["1", "true", "x"], second["command"]!["arguments"]!.AsArray().Select(static text => (string)text!));
        Assert.Equal(("first", "8080"), ((string)second["schedule"]!["after"]!["task"]!, (string)second["command"]!["environment"]!["PORT"]!));

        // Nothing differs, so nothing is to be done.
        var none = await PostAsync(admin, "plan");
        Assert.All(none["changes"]!.AsArray(), static change => Assert.Equal("unchanged", (string?)change!["action"]));

        Write("a.yaml", """
            name: first
            schedule: {cron: "0 4 * * *"}
            http: {url: https://example.com/}
            ---
            name: third
            enabled: false
            handler: {name: noop}
            """);
        var plan = await PostAsync(admin, "plan");
        Assert.Equal(["update first", "delete second", "create third"], Changes(plan));
        var diff = Assert.Single(plan["changes"]![0]!["diff"]!.AsArray())!;
        Assert.Equal(("schedule.cron", "0 3 * * *", "0 4 * * *"), ((string)diff["member"]!, (string)diff["before"]!, (string)diff["after"]!));
        Assert.Equal(2, (await admin.JsonAsync(HttpMethod.Get, JobsApi.Tasks))["items"]!.AsArray().Count);

        // The first look sees the change, the second sees that it stands.
        Assert.False(await watch.RunOnceAsync(Cancel));
        Assert.True(await watch.RunOnceAsync(Cancel));
        Assert.False(await watch.RunOnceAsync(Cancel));
        var now = await admin.JsonAsync(HttpMethod.Get, JobsApi.Tasks);
        Assert.Equal(["first", "third"], now["items"]!.AsArray().Select(static task => (string)task!["name"]!));
        Assert.Equal(((string)first["id"]!, 2, false), ((string)now["items"]![0]!["id"]!, (int)now["items"]![0]!["version"]!, (bool)now["items"]![1]!["enabled"]!));
    }

    [Fact]
    public async Task AFileThatDoesNotHoldLeavesItsJobsAndSaysWhere()
    {
        Write("good.yaml", "name: good\ncommand: {file: /bin/true}\n");
        Write("bad.yaml", "name: bad\ncommand: {file: /bin/true}\n---\nname: worse\ncommand: {file: /bin/true}\n");
        await using var server = await StartAsync();
        using var admin = server.Client(server.AdminToken);
        await WaitForAsync(admin, 3);

        Write("bad.yaml", "name: bad\nschedule:\n  cron: 61 * * * *\n  colour: red\ncommand: {file: /bin/false}\n");
        Write("good.yaml", "name: good\npriority: 7\ncommand: {file: /bin/true}\n");
        var applied = await PostAsync(admin, "apply");

        Assert.Equal(["update good"], Changes(applied).Where(static change => !change.StartsWith("unchanged", StringComparison.Ordinal)));
        Assert.Equal(["bad.yaml:3:9 schedule.cron", "bad.yaml:4:11 schedule.colour"], applied["errors"]!.AsArray().Select(static error => $"{error!["file"]}:{error["line"]}:{error["column"]} {((string)error["message"]!).Split(':')[0]}"));
        Assert.Equal(["bad", "good", "worse"], (await admin.JsonAsync(HttpMethod.Get, JobsApi.Tasks))["items"]!.AsArray().Select(static task => (string)task!["name"]!));
        Assert.Contains("signalbox_job_files_errors 2", await admin.GetStringAsync("/metrics", Cancel), StringComparison.Ordinal);

        Write("bad.yaml", "name: [bad");
        Assert.Equal("bad.yaml", (string?)Assert.Single((await PostAsync(admin, "plan"))["errors"]!.AsArray())!["file"]);
    }

    [Fact]
    public async Task AJobOfAFileIsChangedThereAndNowhereElse()
    {
        Write("a.yaml", "name: filed\ncommand: {file: /bin/true}\n");
        await using var server = await StartAsync();
        using var admin = server.Client(server.AdminToken);
        await WaitForAsync(admin, 1);
        var id = (string)(await admin.JsonAsync(HttpMethod.Get, JobsApi.Tasks))["items"]![0]!["id"]!;

        foreach (var (method, path, body) in new[] { (HttpMethod.Put, "", JobsApi.Command("filed")), (HttpMethod.Delete, "", null), (HttpMethod.Post, "/disable", null) })
        {
            var problem = await admin.RefusedAsync(method, $"{JobsApi.Tasks}/{id}{path}", body, "task_belongs_to_file", HttpStatusCode.Conflict);
            Assert.Contains("a.yaml", (string?)problem["detail"], StringComparison.Ordinal);
        }

        var bulk = await admin.JsonAsync(HttpMethod.Post, $"{JobsApi.Tasks}/bulk/disable", """{"all":true}""");
        Assert.Equal(id, (string?)Assert.Single(bulk["unchanged"]!.AsArray()));
        await admin.JsonAsync(HttpMethod.Post, $"{JobsApi.Tasks}/{id}/trigger", "{}", HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task NamesThatAreTakenAreErrorsAtTheirPlace()
    {
        await using var server = await StartAsync();
        using var admin = server.Client(server.AdminToken);
        await admin.CreateTaskAsync(JobsApi.Command("mine"));
        Write("a.yaml", "name: mine\ncommand: {file: /bin/true}\n");
        Write("b.yaml", "name: twice\ncommand: {file: /bin/true}\n");
        Write("c.yaml", "# again\nname: twice\ncommand: {file: /bin/true}\n");

        var applied = await PostAsync(admin, "apply");

        Assert.Equal(["a.yaml:1", "c.yaml:2"], applied["errors"]!.AsArray().Select(static error => $"{error!["file"]}:{error["line"]}").Order(StringComparer.Ordinal));
        Assert.Equal(["create twice"], Changes(applied));
    }

    [Fact]
    public async Task AFolderThatLooksUnmountedDeletesNothing()
    {
        Write("a.yaml", "name: a\ncommand: {file: /bin/true}\n");
        await using var server = await StartAsync();
        using var admin = server.Client(server.AdminToken);
        await WaitForAsync(admin, 1);

        File.Delete(Path.Combine(Jobs, "a.yaml"));
        await admin.RefusedAsync(HttpMethod.Post, $"{JobsApi.Root}/files/apply", null, "jobs_folder_empty", HttpStatusCode.Conflict);
        Directory.Delete(Jobs);
        await admin.RefusedAsync(HttpMethod.Post, $"{JobsApi.Root}/files/apply", null, "jobs_folder_unreadable", HttpStatusCode.Conflict);

        Write("a.yaml", "# no job any more\n");
        Assert.Equal(["delete a"], Changes(await PostAsync(admin, "apply")));
        Assert.Empty((await admin.JsonAsync(HttpMethod.Get, JobsApi.Tasks))["items"]!.AsArray());
    }

    [Fact]
    public async Task WithoutAFolderThereIsNothingToApply()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var admin = server.Client(server.AdminToken);
        using var blue = await TenantTests.TenantAdminAsync(server, admin, "blue");

        await admin.RefusedAsync(HttpMethod.Post, $"{JobsApi.Root}/files/plan", null, "no_jobs_folder", HttpStatusCode.Conflict);
        await blue.RefusedAsync(HttpMethod.Post, $"{JobsApi.Root}/files/apply", null, "files_of_default", HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("name: \"a\\uD800b\"\ncommand: {file: /bin/true}\n")]
    [InlineData("name: a\n\"x\\uDC00\": 1\ncommand: {file: /bin/true}\n")]
    [InlineData("name: \"a\\0b\"\ncommand: {file: /bin/true}\n")]
    [InlineData("name: a\ndescription: !!str\ncommand: {file: /bin/true, arguments: [!!str , \"\\uDFFF\"]}\n")]
    [InlineData("name: a\n\"name\": b\ncommand: {file: /bin/true}\n")]
    [InlineData("&a [*a]\n")]
    [InlineData("name: a\ncommand: &c {file: *c}\n")]
    public void TellsWhatNoDatabaseTakes(string text)
    {
        var errors = new Server.Jobs.Definitions.DefinitionErrors();
        try
        {
            foreach (var node in SettingsFile.ParseAll(text, "f"))
            {
                Assert.Null(Server.Jobs.Definitions.DefinitionReader.Read(new Server.Jobs.Definitions.DefinitionText(YamlJson.Of(node).Text, true), Server.Jobs.Definitions.TaskLimits.None, errors));
            }

            Assert.True(errors.Any);
        }
        catch (SettingsException exception)
        {
            Assert.NotEmpty(exception.Errors);
        }
    }

    /// <summary>Good files, turned and cut at random: each is read or refused with a place, and none throws.</summary>
    [Fact]
    public void NeverThrowsWhateverAFileHolds()
    {
        var random = new Random(20260304);
        var seed = Encoding.UTF8.GetBytes("name: first\nschedule: {cron: \"0 3 * * *\", timeZone: UTC}\ncommand:\n  file: /bin/echo\n  arguments: [a, 1, ~]\n---\nname: 'second'\nhttp: &x {url: https://a/, headers: {A: b}}\nretry: {on: [failed]}\n");
        for (var round = 0; round < 5000; round++)
        {
            var bytes = seed.ToArray();
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)":{}[]&*!|>'\"\n -#%@`,"[random.Next(20)];
            }

            try
            {
                foreach (var node in SettingsFile.ParseAll(Encoding.UTF8.GetString(bytes), "f"))
                {
                    var yaml = YamlJson.Of(node);
                    var errors = new Server.Jobs.Definitions.DefinitionErrors();
                    var job = Server.Jobs.Definitions.DefinitionReader.Read(new Server.Jobs.Definitions.DefinitionText(yaml.Text, true), Server.Jobs.Definitions.TaskLimits.None, errors);
                    Assert.True(job is null == errors.Any);
                    Assert.All(errors.Items, error => Assert.True(yaml.PlaceOf(error.Member).Line >= 1));
                }
            }
            catch (SettingsException exception)
            {
                Assert.NotEmpty(exception.Errors);
            }
        }
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Jobs);
        File.WriteAllText(Path.Combine(Jobs, name), text);
    }

    private Task<TestServer> StartAsync()
    {
        Directory.CreateDirectory(Jobs);
        return TestServer.StartAsync(Cancel, new TestServerSetup { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["jobs.folder"] = Jobs, ["jobs.files_poll"] = "1h" } });
    }

    private static Task WaitForAsync(HttpClient admin, int count) => Eventually.HoldsAsync(
        $"the folder has made {count} jobs", async () => (await admin.JsonAsync(HttpMethod.Get, JobsApi.Tasks))["items"]!.AsArray().Count == count, Cancel);

    private static Task<JsonNode> PostAsync(HttpClient admin, string action) => admin.JsonAsync(HttpMethod.Post, $"{JobsApi.Root}/files/{action}");

    private static IEnumerable<string> Changes(JsonNode plan) => plan["changes"]!.AsArray().Select(static change => $"{change!["action"]} {change["task"]}");
}
