using Microsoft.Playwright;
using Signalbox.EndToEnd.Tests.Browser;
using Signalbox.EndToEnd.Tests.Program;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Audit;

public sealed class AuditSettingsTests(Chromium chromium, AuditServer audit) : BrowserTest(chromium)
{
    /// <summary>Puts another root into the checkpoint that the browser remembers.</summary>
    private const string ForgeWhatWasSeen = """
        () => {
          const [name] = Object.keys(localStorage).filter((key) => key.startsWith('signalbox.audit.checkpoint.'));
          const seen = JSON.parse(localStorage.getItem(name));
          const lines = seen.note.split('\n');
          lines[2] = btoa('\u0007'.repeat(32));
          localStorage.setItem(name, JSON.stringify({ ...seen, note: lines.join('\n') }));
        }
        """;

    [Fact]
    public async Task ChecksThatTheLogOnlyGrewSinceThisBrowserSawIt()
    {
        var server = await audit.GetAsync(Cancelled);
        using var calls = new AuditCalls(server);
        var tab = await OpenSignedInTabAsync(server, "/settings/audit");
        var compare = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Compare with what this browser saw" });

        await Assertions.Expect(tab.Page.GetByText("checked, holds")).ToBeVisibleAsync();
        await compare.ClickAsync();
        await Assertions.Expect(tab.Page.GetByText("It remembers this one now.")).ToBeVisibleAsync();
        await calls.CreateTokenAsync("grown", Cancelled);
        await compare.ClickAsync();
        await Assertions.Expect(tab.Page.GetByText("The log only grew")).ToBeVisibleAsync();
        await tab.KeepPictureAsync("settings-audit", height: 1700);

        await tab.Page.EvaluateAsync(ForgeWhatWasSeen);
        await calls.CreateTokenAsync("grown once more", Cancelled);
        await compare.ClickAsync();
        await Assertions.Expect(tab.Page.GetByText("It was rewritten.")).ToBeVisibleAsync();
        await tab.KeepPictureAsync("settings-audit-rewritten", height: 2000);
    }

    [Fact]
    public async Task SaysWhatAShorterRetentionWouldRemoveBeforeItDoes()
    {
        var server = await StartServerAsync();
        using (await ConsoleSession.OpenAsync(server, SharedServer.Password, Cancelled))
        {
        }

        var tab = await OpenSignedInTabAsync(server, "/settings/audit");
        await tab.Page.GetByLabel("Days", new() { Exact = true }).FillAsync("30");
        await Assertions.Expect(tab.Page.GetByText("Nothing would go now.")).ToBeVisibleAsync();
        await tab.KeepPictureAsync("settings-audit-retention", height: 1700);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByText("Kept for 30 days")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByText("Changed by admin")).ToBeVisibleAsync();

        // Nothing in this log is older than a minute, so what a year would leave is pretended.
        await tab.Page.RouteAsync("**/config/preview?*", static route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = """
                {"retention":"7d","events":512,"tiles":2,"firstSequence":0,"lastSequence":511,"from":"2026-01-01T00:00:00Z","to":"2026-02-01T00:00:00Z","completeFromSequence":512,"completeFrom":"2026-02-01T00:00:01Z"}
                """,
        }));
        await tab.Page.GetByLabel("Days", new() { Exact = true }).FillAsync("7");
        await Assertions.Expect(tab.Page.GetByText("512 events would go")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
        var dialog = tab.Page.GetByRole(AriaRole.Dialog);
        var confirm = dialog.GetByRole(AriaRole.Button, new() { Name = "Change and remove" });
        await Assertions.Expect(confirm).ToHaveAttributeAsync("aria-disabled", "true");
        await tab.KeepPictureAsync("settings-audit-confirm");
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("default");
        await confirm.ClickAsync();
        await Assertions.Expect(tab.Page.GetByText("Kept for 7 days")).ToBeVisibleAsync();
    }
}
