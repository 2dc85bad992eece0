using Microsoft.Playwright;
using Signalbox.EndToEnd.Tests.Browser;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Runs;

public sealed class RunCostsTests(Chromium chromium, RunsServer runs) : BrowserTest(chromium)
{
    private const string Month = "/runs/costs?from=now-30d&to=now";

    [Fact]
    public async Task AddsUpByRepositoryModelWeekAndActor()
    {
        var tab = await OpenSignedInTabAsync(await runs.GetAsync(Cancelled), Month);
        await Assertions.Expect(Row(tab, "acme/checkout")).ToContainTextAsync("$17.09");
        await Assertions.Expect(Row(tab, "Total")).ToContainTextAsync("$29.63");
        await tab.KeepPictureAsync("runs-costs");

        await tab.Page.GetByText("Model", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(Row(tab, "claude-haiku-4-5")).ToBeVisibleAsync();
        await tab.AddressHasAsync("by=model");
        await tab.Page.GetByText("Tokens", new() { Exact = true }).First.ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Group, new() { Name = "Tokens by kind" })).ToContainTextAsync("claude-opus-4-1");
        await tab.KeepPictureAsync("runs-costs-tokens");

        await tab.Page.GetByText("Actor", new() { Exact = true }).ClickAsync();
        await Row(tab, "jonas").GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(tab.Page.GetByText("Actor: jonas")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.Locator("tr[data-row]")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task GivesTheFiguresAsAFile()
    {
        var tab = await OpenSignedInTabAsync(await runs.GetAsync(Cancelled), $"{Month}&by=week");
        var download = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.GetByRole(AriaRole.Button, new() { Name = "Download CSV" }).ClickAsync());

        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), Cancelled);
        Assert.Equal("week,runs,input,output,cacheRead,cacheCreation,total_tokens,cost_usd,unpriced_runs", lines[0]);
        Assert.InRange(lines.Length, 2, 6);
        Assert.All(lines[1..], static line => Assert.Matches(@"^\d{4}-W\d\d,", line));
    }

    [Fact]
    public async Task ShowsAnEmptyTimeCalmly()
    {
        var tab = await OpenSignedInTabAsync(await runs.GetAsync(Cancelled), "/runs/costs?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z");
        await Assertions.Expect(tab.Page.GetByText("No run used a model in this time")).ToBeVisibleAsync();
        await tab.KeepPictureAsync("runs-costs-empty");
    }

    private static ILocator Row(Tab tab, string name) => tab.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = name });
}
