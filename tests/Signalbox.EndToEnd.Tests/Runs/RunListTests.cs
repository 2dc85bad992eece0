using Microsoft.Playwright;
using Signalbox.EndToEnd.Tests.Browser;
using Signalbox.EndToEnd.Tests.Program;
using Signalbox.Testing.Runs;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Runs;

public sealed class RunListTests(Chromium chromium, RunsServer runs) : BrowserTest(chromium)
{
    private const string Everything = "/runs?from=now-30d&to=now";

    [Theory]
    [InlineData(ColorScheme.Light, "en-GB", "memory limit", "2 unattributed")]
    [InlineData(ColorScheme.Dark, "en-GB", "memory limit", "2 unattributed")]
    [InlineData(ColorScheme.Light, "zh-CN", "内存上限", "2 项来源不明")]
    [InlineData(ColorScheme.Dark, "zh-CN", "内存上限", "2 项来源不明")]
    public async Task ShowsRunsAndOneOfThemInEachThemeAndLanguage(ColorScheme theme, string language, string outcome, string unattributed)
    {
        var tab = await OpenSignedInTabAsync(await runs.GetAsync(Cancelled), Everything, options =>
        {
            options.ColorScheme = theme;
            options.Locale = language;
        });
        await Assertions.Expect(Rows(tab)).ToHaveCountAsync(SampleRun.All.Count);
        await Assertions.Expect(Rows(tab).GetByText(outcome)).ToHaveCountAsync(1);
        await tab.KeepPictureAsync($"runs-list-{theme}-{language}".ToLowerInvariant());

        await tab.Page.GotoAsync($"/runs/{RunsServer.Sample(3).Id}");
        await Assertions.Expect(tab.Page.GetByText(unattributed)).ToBeVisibleAsync();
        await tab.KeepPictureAsync($"run-summary-{theme}-{language}".ToLowerInvariant(), height: 1320);
    }

    [Fact]
    public async Task FindsRunsByFiltersThatStandInTheAddress()
    {
        var tab = await OpenSignedInTabAsync(await runs.GetAsync(Cancelled), Everything);
        await Assertions.Expect(Rows(tab)).ToHaveCountAsync(SampleRun.All.Count);

        await tab.Page.GetByRole(AriaRole.Searchbox).FillAsync("repository:acme/checkout");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.GetByText("Repository: acme/checkout")).ToBeVisibleAsync();
        await Assertions.Expect(Rows(tab)).ToHaveCountAsync(4);
        await tab.AddressHasAsync("repository=acme/checkout");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Filter", Exact = true }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Risk" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Menuitem, new() { Name = "high or more" }).ClickAsync();
        await Assertions.Expect(Rows(tab)).ToHaveCountAsync(1);
        await Assertions.Expect(Rows(tab)).ToContainTextAsync("56 high");
        await tab.Page.ReloadAsync();
        await Assertions.Expect(Rows(tab)).ToHaveCountAsync(1);
        await tab.KeepPictureAsync("runs-filtered");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Remove the filter Risk: high or more" }).ClickAsync();
        await Assertions.Expect(Rows(tab)).ToHaveCountAsync(4);
        await tab.Page.GotoAsync($"{Everything}&branch=nowhere");
        await Assertions.Expect(tab.Page.GetByText("No run matches")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Clear filters" }).ClickAsync();
        await Assertions.Expect(Rows(tab)).ToHaveCountAsync(SampleRun.All.Count);
    }

    [Theory]
    [InlineData("outcome=failed", 1)]
    [InlineData("actor=mira", 3)]
    [InlineData("agent=claude-code", 7)]
    [InlineData("branch=migrate-stock", 1)]
    [InlineData("q=nightly+import", 1)]
    public async Task ShowsWhatEachFilterLeaves(string filter, int expected)
    {
        var tab = await OpenSignedInTabAsync(await runs.GetAsync(Cancelled), $"{Everything}&{filter}");
        await Assertions.Expect(Rows(tab)).ToHaveCountAsync(expected);
    }

    [Fact]
    public async Task SortsByCostAndIsWalkedByKeys()
    {
        var tab = await OpenSignedInTabAsync(await runs.GetAsync(Cancelled), "/overview");
        await tab.Page.Keyboard.PressAsync("g");
        await tab.Page.Keyboard.PressAsync("r");
        await tab.IsAtAsync("/runs");
        await tab.Page.GotoAsync(Everything);

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sort by Cost" }).ClickAsync();
        await Assertions.Expect(Rows(tab).First).ToContainTextAsync("$12.44");
        await Assertions.Expect(Rows(tab).Nth(1)).ToContainTextAsync("$9.62");
        await tab.AddressHasAsync("sort=cost");
        await tab.KeepPictureAsync("runs-sorted");

        await tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync();
        await tab.Page.Keyboard.PressAsync("j");
        await tab.Page.Keyboard.PressAsync("j");
        await tab.Page.Keyboard.PressAsync("k");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.IsAtAsync($"/runs/{RunsServer.Sample(6).Id}");
        await Assertions.Expect(tab.Page.GetByText("cost budget")).ToBeVisibleAsync();
        await tab.Page.GoBackAsync();
        await Assertions.Expect(Rows(tab).First).ToContainTextAsync("$12.44");
    }

    [Fact]
    public async Task TellsHowTheFirstRunGetsHereAndShowsItWhenItComes()
    {
        var server = await StartServerAsync();
        using (await ConsoleSession.OpenAsync(server, SharedServer.Password, Cancelled))
        {
        }

        var tab = await OpenSignedInTabAsync(server, "/runs");
        await Assertions.Expect(tab.Page.GetByText("No run has been reported yet")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.Locator("code").Filter(new() { HasText = "cicd-runner run" })).ToContainTextAsync($"SIGNALBOX_SERVER={server.Address.ToString().TrimEnd('/')}");
        await tab.KeepPictureAsync("runs-empty");

        using var client = RunsServer.ClientOf(server);
        await SampleRuns.PostAsync(client, RunsServer.Sample(1), TimeProvider.System.GetUtcNow(), Cancelled);
        await Assertions.Expect(Rows(tab)).ToHaveCountAsync(1);
        await Assertions.Expect(Rows(tab)).ToContainTextAsync("acme/checkout");
    }

    private static ILocator Rows(Tab tab) => tab.Page.Locator("tr[data-row]");
}
