using Microsoft.Playwright;
using Signalbox.EndToEnd.Tests.Browser;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Audit;

public sealed class AuditListTests(Chromium chromium, AuditServer audit) : BrowserTest(chromium)
{
    [Fact]
    public async Task FindsEventsByFiltersThatStandInTheAddress()
    {
        var server = await audit.GetAsync(Cancelled);
        using var calls = new AuditCalls(server);
        var id = await calls.CreateTokenAsync("sought", Cancelled);
        var tab = await OpenSignedInTabAsync(server, "/audit");
        var rows = Rows(tab);
        await Assertions.Expect(rows.Filter(new() { HasText = "sought" })).ToHaveCountAsync(1);
        await tab.KeepPictureAsync("audit-list", height: 1000);

        await tab.Page.GetByRole(AriaRole.Searchbox).FillAsync($"action:token.create id:{id}");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.GetByText("Action: token.create")).ToBeVisibleAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await tab.AddressHasAsync($"resourceId={id}");
        await tab.Page.ReloadAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await tab.KeepPictureAsync("audit-filtered");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Edit the filters as text" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync($"action:token.create id:{id}");
        await tab.Page.GetByRole(AriaRole.Searchbox).FillAsync("id:nothing");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.GetByText("No event matches")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Clear filters" }).ClickAsync();

        // By keys alone: the first row, and its page.
        await Assertions.Expect(rows.Filter(new() { HasText = "sought" })).ToHaveCountAsync(1);
        await tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync();
        await tab.Page.Keyboard.PressAsync("j");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.GetByText("Place in the log")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task ShowsLiveWhatHappensElsewhereAndLetsItWaitWhileOneReadsFurtherDown()
    {
        var server = await audit.GetAsync(Cancelled);
        using var calls = new AuditCalls(server);
        for (var index = 0; index < 30; index++)
        {
            await calls.CreateTokenAsync($"before {index}", Cancelled);
        }

        var tab = await OpenSignedInTabAsync(server, "/audit?live=on");
        await Assertions.Expect(Rows(tab).Filter(new() { HasText = "before 29" })).ToHaveCountAsync(1);

        await calls.CreateTokenAsync("seen live", Cancelled);
        await Assertions.Expect(Rows(tab).Filter(new() { HasText = "seen live" })).ToHaveCountAsync(1);
        await tab.KeepPictureAsync("audit-live");

        await Rows(tab).Nth(20).ScrollIntoViewIfNeededAsync();

        // The page hears of it with its next frame.
        await tab.Page.EvaluateAsync("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await calls.CreateTokenAsync("came meanwhile", Cancelled);

        // More may come from other tests of the same server.
        var waiting = tab.Page.GetByRole(AriaRole.Button, new() { Name = "new event" });
        await Assertions.Expect(waiting).ToBeVisibleAsync();
        await Assertions.Expect(Rows(tab).Filter(new() { HasText = "came meanwhile" })).ToHaveCountAsync(0);
        await tab.KeepPictureAsync("audit-live-paused");
        await waiting.ClickAsync();
        await Assertions.Expect(Rows(tab).Filter(new() { HasText = "came meanwhile" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task KeepsAFilterUnderANameOpensAndDeletesIt()
    {
        var server = await audit.GetAsync(Cancelled);
        var tab = await OpenSignedInTabAsync(server, "/audit?outcome=failed,denied&from=now-30d&to=now");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Saved filters" }).ClickAsync();
        await tab.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("what went wrong");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Delete what went wrong" })).ToBeVisibleAsync();
        await tab.KeepPictureAsync("audit-saved-filter");

        await tab.Page.GotoAsync("/audit");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Saved filters" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "what went wrong" }).First.ClickAsync();
        await Assertions.Expect(tab.Page.GetByText("Outcome: denied")).ToBeVisibleAsync();
        await tab.AddressHasAsync("from=now-30d");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Saved filters" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Delete what went wrong" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByText("None yet.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task LeadsFromATokenToWhatHappenedToItAndToWhoDidThat()
    {
        var server = await audit.GetAsync(Cancelled);
        using var calls = new AuditCalls(server);
        var id = await calls.CreateTokenAsync("traced", Cancelled);
        var tab = await OpenSignedInTabAsync(server, "/settings/tokens");

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Everything that happened to traced" }).ClickAsync();
        await tab.IsAtAsync($"/audit/resources/token/{id}");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Everything that happened to traced" })).ToBeVisibleAsync();
        await Assertions.Expect(Rows(tab)).ToHaveCountAsync(1);
        await Assertions.Expect(tab.Page.GetByText("First event kept")).ToBeVisibleAsync();
        await tab.KeepPictureAsync("audit-resource");

        await Rows(tab).First.GetByRole(AriaRole.Link).First.ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(" did");
        await Assertions.Expect(Rows(tab).Filter(new() { HasText = "traced" })).ToHaveCountAsync(1);
        await tab.KeepPictureAsync("audit-actor");
    }

    private static ILocator Rows(Tab tab) => tab.Page.Locator("tr[data-row]");
}
