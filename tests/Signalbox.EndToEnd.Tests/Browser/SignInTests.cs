using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Signalbox.EndToEnd.Tests.Program;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Browser;

public sealed partial class SignInTests(Chromium chromium) : BrowserTest(chromium)
{
    private const string Password = "correct horse battery staple";

    [Fact]
    public async Task LeadsFromTheLinkOfTheFirstStartThroughAPasswordToTheOverviewAndOut()
    {
        var server = await StartServerAsync();
        var tab = await OpenTabAsync(server.Address);

        await tab.Page.GotoAsync("/overview");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await tab.KeepPictureAsync("sign-in");

        var link = await server.SignInLinkAsync(Cancelled);
        await tab.Page.GotoAsync(link);
        await tab.Page.GetByLabel("New password").FillAsync(Password);
        await tab.Page.GetByLabel("Repeat the password").FillAsync(Password);
        await tab.KeepPictureAsync("choose-password");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
        await tab.IsAtAsync("/overview");
        await Assertions.Expect(tab.Page).Not.ToHaveURLAsync(Link());

        await tab.SignOutAsync();
        await tab.SignInAsync("admin", Password);
        await tab.IsAtAsync("/overview");
    }

    [Fact]
    public async Task RefusesALinkThatWasUsed()
    {
        var server = await StartServerAsync();
        var link = await server.SignInLinkAsync(Cancelled);
        await ConsoleSession.OpenAsync(server, Password, Cancelled);
        var tab = await OpenTabAsync(server.Address);
        tab.Expect(RefusedRequest());

        await tab.Page.GotoAsync(link);

        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This sign-in link no longer works");
        await tab.KeepPictureAsync("sign-in-link-used");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a password" }).ClickAsync();
        await tab.SignInAsync("admin", Password);
        await tab.IsAtAsync("/overview");
    }

    [Fact]
    public async Task SaysThatAPasswordIsWrongAndSlowsGuessingDown()
    {
        var server = await StartServerAsync();
        await ConsoleSession.OpenAsync(server, Password, Cancelled);
        var tab = await OpenTabAsync(server.Address);
        tab.Expect(RefusedRequest());
        await tab.Page.GotoAsync("/sign-in");

        await tab.SignInAsync("admin", "not the password");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Name and password do not match.");
        await tab.KeepPictureAsync("sign-in-wrong");

        // The first waits last a second and may be over before the page is looked at; they grow.
        var slowed = tab.Page.GetByRole(AriaRole.Alert).GetByText("Too many attempts.");
        var waits = tab.Page.GetByRole(AriaRole.Button, new() { NameRegex = Wait(), Disabled = true });
        var isSlowed = false;
        for (var guess = 0; guess < 20 && !isSlowed; guess++)
        {
            await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true })).ToBeEnabledAsync();
            var answer = await tab.Page.RunAndWaitForResponseAsync(() => tab.SignInAsync("admin", $"guess {guess}"), static response => response.Request.Method == "POST");
            isSlowed = answer.Status == 429 && await tab.ShowsAsync(slowed) && await tab.ShowsAsync(waits);
        }

        Assert.True(isSlowed, "Guessing is not slowed down.");
        await tab.KeepPictureAsync("sign-in-slowed");
    }

    [GeneratedRegex(@"status of (400|401|403|410|429) .*/api/v1/session", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RefusedRequest();

    [GeneratedRegex("link=", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("^Wait ", RegexOptions.None, 1000)]
    private static partial Regex Wait();
}
