using System.Text.Json.Nodes;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Client;
using Signalbox.Server.Runs.Shell;
using Signalbox.Testing.Runs;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Server.Tests.Runs;

public sealed class RunShellTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListsShowsAndAddsUp()
    {
        await using var server = await TestServer.StartAsync(Cancel);
        using var client = server.Client(server.AdminToken);
        await SampleRuns.PostAsync(client, TimeProvider.System.GetUtcNow(), Cancel);
        using var api = new ApiClient(server.Address, server.AdminToken);

        var list = await PrintAsync(shell => shell.ListAsync([("repository", "acme/checkout"), ("sort", "cost")], 2, Cancel));
        Assert.Equal(3, list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("budget_usd", list, StringComparison.Ordinal);
        Assert.DoesNotContain("acme/site", list, StringComparison.Ordinal);

        var shown = await PrintAsync(shell => shell.ShowAsync(SampleRun.All[2].Id, Cancel));
        Assert.Contains("failed, exit code 1", shown, StringComparison.Ordinal);
        Assert.Contains("db/migrations/001_stock.sql", shown, StringComparison.Ordinal);
        Assert.Contains("no-foreign-hosts", shown, StringComparison.Ordinal);

        var costs = await PrintAsync(shell => shell.CostsAsync("actor", [], Cancel));
        Assert.Contains("jonas", costs, StringComparison.Ordinal);
        Assert.Contains("total", costs, StringComparison.Ordinal);
        var json = JsonNode.Parse(await PrintAsync(shell => shell.CostsAsync("week", [], Cancel), "json"))!;
        Assert.Equal("week", (string?)json["by"]);
        Assert.Equal(8, JsonNode.Parse(await PrintAsync(shell => shell.ListAsync([], 100, Cancel), "json"))!["items"]!.AsArray().Count);
        await Assert.ThrowsAsync<StartupException>(() => PrintAsync(shell => shell.ShowAsync("nobody-knows", Cancel)));
        var wrong = await Assert.ThrowsAsync<StartupException>(() => PrintAsync(shell => shell.ListAsync([("sort", "colour")], 2, Cancel)));
        Assert.Contains("400: sort: This is not one of startedAt,", wrong.Message, StringComparison.Ordinal);

        async Task<string> PrintAsync(Func<RunShell, Task> print, string form = "table")
        {
            await using var output = new StringWriter();
            await print(new RunShell(api, output, form));
            return output.ToString();
        }
    }
}
