using System.Text.Json.Nodes;
using Signalbox.Server.App;
using Signalbox.Server.Jobs.Shell;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Client;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Jobs.Shell;

public sealed class JobShellTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreatesShowsSwitchesAndDeletes()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var api = new ApiClient(server.Address, server.AdminToken);

        Assert.Contains("is created", await SayAsync(api, "table", static shell => shell.CreateAsync("""{"name":"nightly","schedule":{"cron":"0 3 * * *"},"command":{"file":"/bin/true"}}""", Cancel)), StringComparison.Ordinal);
        var line = (await SayAsync(api, "table", static shell => shell.ListAsync(Cancel))).Split('\n').Single(static text => text.StartsWith("nightly ", StringComparison.Ordinal));
        Assert.Contains("0 3 * * * (UTC)", line, StringComparison.Ordinal);
        Assert.Contains("does          /bin/true", await SayAsync(api, "table", static shell => shell.ShowAsync("nightly", Cancel)), StringComparison.Ordinal);
        Assert.False((bool)JsonNode.Parse(await SayAsync(api, "json", static shell => shell.SwitchAsync("nightly", enabled: false, Cancel)))!["enabled"]!);
        Assert.Contains("enabled", await SayAsync(api, "table", static shell => shell.SwitchAsync("nightly", enabled: true, Cancel)), StringComparison.Ordinal);
        Assert.Contains("UTC", await SayAsync(api, "table", static shell => shell.PreviewAsync("nightly", 3, Cancel)), StringComparison.Ordinal);
        Assert.Contains("is deleted", await SayAsync(api, "table", static shell => shell.DeleteAsync("nightly", Cancel)), StringComparison.Ordinal);

        var exception = await Assert.ThrowsAsync<StartupException>(() => SayAsync(api, "table", static shell => shell.ShowAsync("nightly", Cancel)));
        Assert.Contains("no job named 'nightly'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 0", 0, "succeeded")]
    [InlineData("exit 4", 1, "failed")]
    public async Task RunWaitsForTheOutcome(string script, int exitCode, string state)
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var api = new ApiClient(server.Address, server.AdminToken);
        await SayAsync(api, "table", shell => shell.CreateAsync($$$"""{"name":"x","command":{"file":"/bin/sh","arguments":["-c","echo to out; echo to err >&2; {{{script}}}"]}}""", Cancel));
        await using var output = new StringWriter();
        await using var errors = new StringWriter();

        var code = await new RunShell(new JobClient(api), output, errors, TimeProvider.System).RunAsync("x", wait: true, arguments: null, "table", Cancel);

        Assert.Equal((exitCode, "to out\n"), (code, output.ToString()));
        Assert.Contains("to err\n", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains(state, errors.ToString(), StringComparison.Ordinal);
        var history = await SayAsync(api, "table", static shell => shell.HistoryAsync("x", state: null, 20, Cancel));
        Assert.Contains(state, history.Split('\n')[1], StringComparison.Ordinal);
        var id = history.Split('\n')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1];
        await using var log = new StringWriter();
        await new RunShell(new JobClient(api), log, log, TimeProvider.System).LogsAsync(id, follow: true, "table", Cancel);
        Assert.Contains("to out\n", log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CancelAsksAnExecutionToEnd()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var api = new ApiClient(server.Address, server.AdminToken);
        await SayAsync(api, "table", static shell => shell.CreateAsync("""{"name":"x","command":{"file":"/bin/sleep","arguments":["600"]}}""", Cancel));
        await using var output = new StringWriter();
        Assert.Equal(0, await new RunShell(new JobClient(api), output, TextWriter.Null, TimeProvider.System).RunAsync("x", wait: false, arguments: null, "table", Cancel));

        Assert.Contains(output.ToString().Trim(), await SayAsync(api, "table", shell => shell.CancelAsync(output.ToString().Trim(), Cancel)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "job", "preview", "--cron", "30 2 * * *", "--time-zone", "Europe/Berlin", "--output", "json")]
    [InlineData(ExitCodes.Failed, "job", "preview", "--cron", "61 * * * *")]
    [InlineData(ExitCodes.Failed, "job", "preview")]
    [InlineData(ExitCodes.Failed, "job", "list", "--server", "http://127.0.0.1:1", "--token", "x")]
    [InlineData(ExitCodes.WrongUse, "job", "run")]
    public async Task TheCommandsExitAsTheyShould(int code, params string[] arguments) => Assert.Equal(code, await SignalboxCommand.RunAsync(arguments));

    private static async Task<string> SayAsync(ApiClient api, string form, Func<JobShell, Task> action)
    {
        await using var output = new StringWriter();
        await action(new JobShell(new JobClient(api), output, form));
        return output.ToString().ReplaceLineEndings("\n");
    }
}
