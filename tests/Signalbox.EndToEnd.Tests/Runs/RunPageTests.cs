using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Signalbox.EndToEnd.Tests.Browser;
using Signalbox.Testing.Runs;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Runs;

public sealed partial class RunPageTests(Chromium chromium, RunsServer runs) : BrowserTest(chromium)
{
    /// <summary>It failed, was denied three calls, and changed two files that the agent did not tell of.</summary>
    private static readonly SampleRun Risky = RunsServer.Sample(3);

    [Fact]
    public async Task TellsInTenSecondsWhatWasChangedDeniedAndSpentAtWhichRisk()
    {
        var tab = await OpenAsync(Risky, "summary");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Agent #3103");
        await Assertions.Expect(Tile(tab, "Changed")).ToContainTextAsync("4 files");
        await Assertions.Expect(Tile(tab, "Changed")).ToContainTextAsync("2 unattributed");
        await Assertions.Expect(Tile(tab, "Denied")).ToContainTextAsync("3 calls");
        await Assertions.Expect(Tile(tab, "Spent")).ToContainTextAsync("$9.62");
        await Assertions.Expect(Tile(tab, "Risk")).ToContainTextAsync("81");
        await Assertions.Expect(tab.Page.GetByText("The agent tried what it may not do.")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "CI run" })).ToHaveAttributeAsync("href", "https://github.com/acme/warehouse/actions/runs/16421007703");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Link, new() { Name = "#97" }).First).ToHaveAttributeAsync("href", "https://github.com/acme/warehouse/pull/97");
        var audit = await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Audit log of this run" }).GetAttributeAsync("href");
        Assert.Contains("trace=4bf92f3577b34da6a3ce929d0e0e0003", audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindsInTheTimeLineByKindAndTextAndOpensAnEntryByKeys()
    {
        var tab = await OpenAsync(Risky, "timeline");
        var rows = tab.Page.Locator("[data-row]");
        await Assertions.Expect(rows.First).ToContainTextAsync("Started claude");
        await tab.KeepPictureAsync("run-timeline", height: 1100);

        await tab.Page.GetByText("Denied and failed", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(4);
        await Assertions.Expect(rows.First.GetByText("failed", new() { Exact = true })).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync();
        await tab.Page.Keyboard.PressAsync("j");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.GetByText("GivesUpAfterFiveAttempts: Expected 5, was 6")).ToBeVisibleAsync();
        await tab.KeepPictureAsync("run-timeline-problems");

        await tab.Page.Keyboard.PressAsync("/");
        await tab.Page.Keyboard.TypeAsync("pastebin");
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        await Assertions.Expect(tab.Page).ToHaveURLAsync(SearchInAddress());
        await tab.Page.ReloadAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task ShowsDiffsAndMarksWhatNoCallTellsOf()
    {
        var tab = await OpenAsync(Risky, "changes");
        var diff = tab.Page.GetByRole(AriaRole.Table, new() { Name = "Diff of src/Payments/PaymentClient.cs" });
        await Assertions.Expect(diff.GetByText("for (var attempt = 1; ; attempt++)")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByText("unattributed", new() { Exact = true })).ToHaveCountAsync(2);
        await tab.KeepPictureAsync("run-changes", height: 1100);

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Fold the diff of src/Payments/PaymentClient.cs" }).ClickAsync();
        await Assertions.Expect(diff).ToHaveCountAsync(0);
        await tab.Page.GetByRole(AriaRole.Switch, new() { Name = "Only unattributed" }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("[data-row]")).ToHaveCountAsync(2);
        await tab.AddressHasAsync("unattributed=only");
    }

    [Fact]
    public async Task LeadsFromADenialToItsPlaceInTheTimeLine()
    {
        var tab = await OpenAsync(Risky, "denials");
        await Assertions.Expect(tab.Page.GetByText("no-foreign-hosts")).ToHaveCountAsync(3);
        await Assertions.Expect(tab.Page.GetByText("agent’s closing account")).ToHaveCountAsync(3);
        await tab.KeepPictureAsync("run-denials");

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Show in the time line" }).Last.ClickAsync();
        await Assertions.Expect(tab.Page.Locator("[data-row]").Filter(new() { HasText = "WebFetch was refused" }).First).ToBeInViewportAsync();
    }

    [Fact]
    public async Task DrawsMemoryAgainstTheLimitAndSaysTheSameAsATable()
    {
        var tab = await OpenAsync(RunsServer.Sample(4), "memory");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Img, new() { Name = "Memory: chart of 6 series" })).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByText("limit (100 %)")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByText("proportional memory (PSS)")).ToBeVisibleAsync();
        await tab.KeepPictureAsync("run-memory", height: 1150);

        await tab.Page.GetByText("Figures as a table").ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Region, new() { Name = "Memory" }).GetByText("31 MiB").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task TellsWhetherTheAgentsOwnAccountAgrees()
    {
        var tab = await OpenAsync(Risky, "usage");
        await Assertions.Expect(tab.Page.GetByText("Yes. What was counted message by message is what the agent reported in the end.")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "claude-opus-4-1" })).ToContainTextAsync("88,400");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Total" }).Last).ToContainTextAsync("$9.62");
        await tab.KeepPictureAsync("run-usage", height: 1000);
    }

    [Fact]
    public async Task DrawsTheTraceAndLeadsFromACallToItsPlaceInTheTimeLine()
    {
        var tab = await OpenAsync(Risky, "trace");
        var rows = tab.Page.Locator("[data-row]");
        await Assertions.Expect(rows.First).ToContainTextAsync("RUN Agent");
        await Assertions.Expect(tab.Page.GetByText("50 spans", new() { Exact = true })).ToBeVisibleAsync();
        await tab.KeepPictureAsync("run-trace", height: 1000);

        await tab.Page.GetByText("Failed", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        Assert.Contains("show=failed", tab.Page.Url, StringComparison.Ordinal);
        await tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync();
        await tab.Page.Keyboard.PressAsync("j");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.GetByText("The tests failed.")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Show in the time line" }).ClickAsync();
        await Assertions.Expect(rows.Filter(new() { HasText = "dotnet test" }).Filter(new() { HasText = "failed" }).First).ToBeInViewportAsync();
    }

    [Fact]
    public async Task ReadsALongLogPartByPart()
    {
        var server = await runs.GetAsync(Cancelled);
        using var client = RunsServer.ClientOf(server);
        var run = RunReports.Small(600, TimeProvider.System.GetUtcNow().AddDays(-50));
        var log = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 30_000).Select(static number => $$"""{"level":"{{(number == 29_000 ? "error" : "info")}}","msg":"Line {{number}} of many – {{new string('.', 60)}}"}""" + "\n")));
        await SampleRuns.PostAsync(client, run, [("log.jsonl", log)], Cancelled);

        var tab = await OpenSignedInTabAsync(server, $"/runs/{RunReports.IdOf(600)}?tab=log");
        await Assertions.Expect(tab.Page.GetByText("lines read, more below")).ToBeVisibleAsync();
        await tab.Page.GetByText("Errors", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("[data-row]")).ToHaveCountAsync(1);
        await Assertions.Expect(tab.Page.GetByText("Line 29000 of many")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByText("1 line", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task ShowsTheLogAndGivesTheFiles()
    {
        var tab = await OpenAsync(RunsServer.Sample(4), "log");
        await Assertions.Expect(tab.Page.GetByText("Runner started")).ToBeVisibleAsync();
        await tab.Page.GetByText("Warnings", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("[data-row]")).ToHaveCountAsync(1);
        await Assertions.Expect(tab.Page.GetByText("Memory: 540 MiB at most")).ToBeVisibleAsync();
        await tab.KeepPictureAsync("run-log");

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Files", Exact = true }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByText("complete", new() { Exact = true })).ToHaveCountAsync(6);
        await tab.KeepPictureAsync("run-files");
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.GetByRole(AriaRole.Link, new() { Name = "summary.md" }).ClickAsync());
        Assert.Contains("Make the nightly import faster", await File.ReadAllTextAsync(await download.PathAsync(), Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShowsAPlainCommandCalmly()
    {
        var tab = await OpenAsync(RunsServer.Sample(7), "summary");
        await Assertions.Expect(Tile(tab, "Spent")).ToContainTextAsync("No model was used");
        await tab.KeepPictureAsync("run-plain", height: 1000);
        foreach (var (part, says) in new[] { ("Usage", "No model was used"), ("Changes", "No file was changed"), ("Denials", "Nothing was denied") })
        {
            await tab.Page.GetByRole(AriaRole.Navigation, new() { Name = "Parts of this run" }).GetByRole(AriaRole.Link, new() { Name = part }).ClickAsync();
            await Assertions.Expect(tab.Page.GetByText(says)).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task DeletesARunAfterItsIdIsTyped()
    {
        var server = await runs.GetAsync(Cancelled);
        var run = RunsServer.Sample(5) with { Number = 500, Repository = "acme/deleted", Age = TimeSpan.FromDays(60) };
        using var client = RunsServer.ClientOf(server);
        await SampleRuns.PostAsync(client, run, TimeProvider.System.GetUtcNow(), Cancelled);
        var tab = await OpenAsync(run, "summary");
        tab.Expect(Gone());

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Delete run" }).ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Delete run" })).ToHaveAttributeAsync("aria-disabled", "true");
        await dialog.GetByRole(AriaRole.Textbox).FillAsync(run.Id);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete run" }).ClickAsync();
        await tab.IsAtAsync("/runs");

        await tab.Page.GotoAsync($"/runs/{run.Id}");
        await Assertions.Expect(tab.Page.GetByText("There is no such run")).ToBeVisibleAsync();
        await tab.KeepPictureAsync("run-none");
    }

    [GeneratedRegex("text=pastebin", RegexOptions.None, 1000)]
    private static partial Regex SearchInAddress();

    [GeneratedRegex("status of 404 .*/api/v1/runs/", RegexOptions.None, 1000)]
    private static partial Regex Gone();

    private static ILocator Tile(Tab tab, string name) => tab.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link).Filter(new() { HasText = name }).Filter(new() { Has = tab.Page.Locator(".text-xl") });

    private async Task<Tab> OpenAsync(SampleRun run, string part) => await OpenSignedInTabAsync(await runs.GetAsync(Cancelled), $"/runs/{run.Id}?tab={part}");
}
