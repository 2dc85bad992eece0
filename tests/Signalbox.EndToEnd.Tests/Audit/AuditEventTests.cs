using System.Text;
using Microsoft.Playwright;
using Signalbox.EndToEnd.Tests.Browser;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Audit;

public sealed class AuditEventTests(Chromium chromium, AuditServer audit) : BrowserTest(chromium)
{
    private const string Proven = "This event is in the signed log, exactly as it is shown here";

    /// <summary>Longer than a record may be, so that the record keeps its hash and cuts it.</summary>
    private static readonly string Script = string.Concat(Enumerable.Range(0, 4000).Select(static line => $"echo \"step {line} of the night\"\n"));

    [Theory]
    [InlineData(ColorScheme.Light, "en-GB", Proven, "Change")]
    [InlineData(ColorScheme.Dark, "en-GB", Proven, "Change")]
    [InlineData(ColorScheme.Light, "zh-CN", "此事件位于已签名的日志中，与此处显示的完全一致", "变更")]
    public async Task ShowsWhatAnEventChangedAndProvesIt(ColorScheme theme, string language, string verdict, string change)
    {
        var server = await audit.GetAsync(Cancelled);
        var id = await ReportAsync(server, $"nightly {theme} {language}");
        var tab = await OpenSignedInTabAsync(server, $"/audit/{id}", options =>
        {
            options.ColorScheme = theme;
            options.Locale = language;
        });

        await Assertions.Expect(tab.Page.GetByText(verdict)).ToBeVisibleAsync();
        var diff = tab.Page.GetByRole(AriaRole.Table, new() { Name = change, Exact = true });
        await Assertions.Expect(diff.GetByText("0 3 * * *").First).ToBeVisibleAsync();
        await Assertions.Expect(diff.GetByRole(AriaRole.Columnheader)).ToHaveCountAsync(2);
        await tab.KeepPictureAsync($"audit-event-{theme}-{language}".ToLowerInvariant(), height: 2300);

        await tab.Page.GotoAsync($"/audit/{id}?diff=inline");
        await Assertions.Expect(diff.GetByText("0 3 * * *").First).ToBeVisibleAsync();
        await Assertions.Expect(diff.GetByRole(AriaRole.Columnheader)).ToHaveCountAsync(0);
        await tab.KeepPictureAsync($"audit-event-inline-{theme}-{language}".ToLowerInvariant(), height: 2300);
    }

    [Fact]
    public async Task ShowsTheWayFromTheLeafToTheSignedRoot()
    {
        var server = await audit.GetAsync(Cancelled);
        var id = await ReportAsync(server, "way");
        var tab = await OpenSignedInTabAsync(server, $"/audit/{id}");

        await Assertions.Expect(tab.Page.GetByText(Proven)).ToBeVisibleAsync();
        await tab.Page.GetByText("Show the way").ClickAsync();
        await tab.Page.GetByText("Show the checkpoint as it is signed").ClickAsync();
        await Assertions.Expect(tab.Page.GetByText("left", new() { Exact = true }).Or(tab.Page.GetByText("right", new() { Exact = true })).First).ToBeVisibleAsync();
        await tab.KeepPictureAsync("audit-proof-way", height: 2600);
    }

    [Fact]
    public async Task NamesTheStepThatFailsWhenOneStoredByteIsAnother()
    {
        var server = await audit.GetAsync(Cancelled);
        var id = await ReportAsync(server, "tampered");
        var tab = await OpenSignedInTabAsync(server, "/audit");
        await tab.Page.RouteAsync("**/entry", async route =>
        {
            var answer = await route.FetchAsync();
            var body = Encoding.UTF8.GetString(await answer.BodyAsync()).Replace("release agent", "release Agent", StringComparison.Ordinal);
            await route.FulfillAsync(new() { Response = answer, BodyBytes = Encoding.UTF8.GetBytes(body) });
        });

        await tab.Page.GotoAsync($"/audit/{id}");

        await Assertions.Expect(tab.Page.GetByText("The proof does not hold: What is shown is what is stored")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByText("fails", new() { Exact = true })).ToHaveCountAsync(4);
        await Assertions.Expect(tab.Page.GetByText(Proven)).ToHaveCountAsync(0);
        await tab.KeepPictureAsync("audit-proof-broken", height: 2300);
    }

    [Fact]
    public async Task TellsTheOriginalOfACutValueFromAnother()
    {
        var server = await audit.GetAsync(Cancelled);
        var id = await ReportAsync(server, "compared");
        var tab = await OpenSignedInTabAsync(server, $"/audit/{id}");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Compare", Exact = true }).First.ClickAsync();
        await ChooseAsync(tab, Script);
        await Assertions.Expect(tab.Page.GetByText("This is the original, byte for byte.")).ToBeVisibleAsync();
        await tab.KeepPictureAsync("audit-original");
        await ChooseAsync(tab, Script.Replace("step 7 ", "step 8 ", StringComparison.Ordinal));
        await Assertions.Expect(tab.Page.GetByText("the content is not")).ToBeVisibleAsync();
        await tab.Page.GetByLabel("Value").FillAsync("echo");
        await Assertions.Expect(tab.Page.GetByText("it has 4 bytes")).ToBeVisibleAsync();
    }

    private static Task ChooseAsync(Tab tab, string content) =>
        tab.Page.GetByLabel("Or a file").SetInputFilesAsync(new FilePayload { Name = "script.sh", MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(content) });

    [Fact]
    public async Task GoesToTheEventsBeforeAndAfterAndToThoseOfTheSameTrace()
    {
        var server = await audit.GetAsync(Cancelled);
        await ReportAsync(server, "older neighbour");
        var id = await ReportAsync(server, "newer neighbour");
        var tab = await OpenSignedInTabAsync(server, $"/audit/{id}");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Previous event" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).Not.ToContainTextAsync("newer neighbour");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Next event" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("newer neighbour");

        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "Same trace" }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("tr[data-row]").Filter(new() { HasText = "older neighbour" })).ToHaveCountAsync(1);
    }

    private static async Task<string> ReportAsync(SignalboxProcess server, string name)
    {
        using var calls = new AuditCalls(server);
        var tags = Enumerable.Range(0, 12).Select(static tag => $"tag {tag}").ToArray();
        var environment = new { LANG = "C.UTF-8", DATABASE = "postgres://app:hunter2hunter2@db.example/shop" };
        return await calls.ReportAsync(
            name,
            new { name, enabled = true, schedule = new { cron = "0 3 * * *", timeZone = "Europe/Berlin" }, script = Script, environment, tags },
            new { name, enabled = false, schedule = new { cron = "30 4 * * *", timeZone = "Europe/Berlin" }, script = Script, environment, tags = tags.Append("weekly").ToArray() },
            Cancelled);
    }
}
