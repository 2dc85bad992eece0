using Microsoft.Playwright;
using Signalbox.EndToEnd.Tests.Program;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Browser;

public sealed class ShellTests(Chromium chromium, SharedServer shared) : BrowserTest(chromium)
{
    /// <summary>What sticks out of a narrow window and cannot be scrolled to in a box of its own.</summary>
    private const string StickingOut = """
        () => {
          const scrolls = (element) => element && element !== document.body && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
          const hidden = (element) => element.closest('.sr-only, [hidden]') !== null;
          return [...document.querySelectorAll('main *, header *')]
            .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !scrolls(element.parentElement) && !hidden(element))
            .map((element) => `${element.tagName}.${element.className} ${element.textContent.slice(0, 40)}`);
        }
        """;

    [Fact]
    public async Task SpeaksChineseAndTurnsDarkAndRemembersBoth()
    {
        var tab = await OpenSignedInTabAsync(await shared.GetAsync(Cancelled), "/overview");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Language" }).ClickAsync();
        await tab.Page.GetByText("简体中文").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "主题" }).ClickAsync();
        await tab.Page.GetByText("深色").ClickAsync();
        await tab.Page.ReloadAsync();

        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "概览", Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
        await Assertions.Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await tab.KeepPictureAsync("overview-zh-dark", height: 1500);
    }

    [Theory]
    [InlineData("/overview")]
    [InlineData("/explore/metrics?q.A=node_load1")]
    [InlineData("/explore/metrics?q.A=node_load1&view=table")]
    [InlineData("/settings/tokens")]
    [InlineData("/settings/users")]
    [InlineData("/settings/limits")]
    public async Task FitsAPhone(string path)
    {
        var tab = await OpenSignedInTabAsync(await shared.GetAsync(Cancelled), path, static options => options.ViewportSize = new ViewportSize { Width = 390, Height = 844 });
        await tab.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await tab.KeepPictureAsync($"phone{path.Split('?')[0].Replace('/', '-')}{(path.Contains("table", StringComparison.Ordinal) ? "-table" : string.Empty)}", height: 1600);

        Assert.Empty(await tab.Page.EvaluateAsync<string[]>(StickingOut));
        Assert.Equal(390, await tab.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Open the navigation" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Link, new() { Name = "Metrics" }).ClickAsync();
        await tab.IsAtAsync("/explore/metrics");
    }

    [Fact]
    public async Task IsLedByTheKeyboard()
    {
        var tab = await OpenSignedInTabAsync(await shared.GetAsync(Cancelled), "/overview");
        var keys = tab.Page.Keyboard;

        await keys.PressAsync("g");
        await keys.PressAsync("m");
        await tab.IsAtAsync("/explore/metrics");

        await keys.PressAsync("Escape");
        await keys.PressAsync("Control+k");
        await tab.Page.GetByRole(AriaRole.Combobox).FillAsync("tenants");
        await tab.KeepPictureAsync("palette");
        await keys.PressAsync("Enter");
        await tab.IsAtAsync("/settings/tenants");

        await keys.PressAsync("?");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard" })).ToBeVisibleAsync();
        await tab.KeepPictureAsync("keyboard");
        await keys.PressAsync("Escape");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await keys.PressAsync("Meta+k");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
    }
}
