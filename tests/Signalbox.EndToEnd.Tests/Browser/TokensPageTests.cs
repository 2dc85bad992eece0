using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Signalbox.EndToEnd.Tests.Program;
using Signalbox.Testing.Processes;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Browser;

public sealed partial class TokensPageTests(Chromium chromium, SharedServer shared) : BrowserTest(chromium)
{
    [Fact]
    public async Task ShowsANewTokenOnceWhichCurlUsesUntilItIsRevoked()
    {
        var server = await shared.GetAsync(Cancelled);
        var tab = await OpenSignedInTabAsync(server, "/settings/tokens");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "New token" }).First.ClickAsync();
        await tab.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("browser test");
        await tab.KeepPictureAsync("token-create");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Create token" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Dialog, new() { Name = "Copy the token now" })).ToBeVisibleAsync();
        await tab.KeepPictureAsync("token-secret");
        var command = CurlCommand().Match(await tab.Page.GetByRole(AriaRole.Dialog).InnerTextAsync()).Value;
        var secret = Secret().Match(command).Value;
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "I have copied it" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        Assert.Equal("200", await StatusOfAsync(command));
        await tab.Page.ReloadAsync();
        await Assertions.Expect(tab.Page.GetByText("browser test")).ToBeVisibleAsync();
        Assert.DoesNotContain(secret, await tab.Page.ContentAsync(), StringComparison.Ordinal);

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke browser test" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).FillAsync("browser test");
        await tab.KeepPictureAsync("token-revoke");
        await tab.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Row, new() { Name = "browser test" }).GetByText("revoked")).ToBeVisibleAsync();
        Assert.Equal("401", await StatusOfAsync(command));
    }

    /// <summary>Runs the command that the page shows, and returns the status that curl got.</summary>
    private static async Task<string> StatusOfAsync(string command)
    {
        var result = await ChildProcess.RunAsync("sh", ["-c", $"{command} -sS -o /dev/null -w '%{{http_code}}'"], Cancelled);
        Assert.True(result.ExitCode == 0, $"{command}\n{result.Error}");
        return result.Output;
    }

    [GeneratedRegex(@"curl -H 'Authorization: Bearer [^']+' '[^']+'", RegexOptions.None, 1000)]
    private static partial Regex CurlCommand();

    [GeneratedRegex("sbx_[^']+", RegexOptions.None, 1000)]
    private static partial Regex Secret();
}
