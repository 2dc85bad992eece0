using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Signalbox.EndToEnd.Tests.Program;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Browser;

[Collection(nameof(Undisturbed))]
public sealed partial class OverviewTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public Task MovesWithinTenSecondsOfTheFirstStart() => Measured.WithinAsync("The first numbers", TimeSpan.FromSeconds(10), FirstNumbersAsync);

    private async Task<TimeSpan> FirstNumbersAsync()
    {
        // The browser is no part of the promise, so it is there before the server starts.
        await OpenTabAsync(new Uri("http://127.0.0.1"));
        var started = TimeProvider.System.GetTimestamp();
        var server = await StartServerAsync();
        using var session = await ConsoleSession.OpenAsync(server, SharedServer.Password, Cancelled);
        var tab = await OpenSignedInTabAsync(server, "/overview");

        // A share of busy time is the difference of two measurements: where it stands, the page has moved once.
        var machine = tab.Page.Locator("section").Filter(new() { Has = tab.Page.GetByRole(AriaRole.Heading, new() { Name = "This machine" }) });
        await Assertions.Expect(machine.GetByText(Busy())).ToBeVisibleAsync();
        var took = TimeProvider.System.GetElapsedTime(started);
        await tab.KeepPictureAsync("overview-first-numbers");

        var first = await FiguresAsync(machine);
        await Eventually.HoldsAsync("the numbers move on", async () => await FiguresAsync(machine) != first, Cancelled);
        return took;
    }

    /// <summary>Every figure in a section of the page, in order.</summary>
    private static async Task<string> FiguresAsync(ILocator section) => string.Join(' ', Figure().Matches(await section.InnerTextAsync()).Select(static match => match.Value));

    [GeneratedRegex(@"\d[\d.,]*\s?(?:%|[KMGT]?i?B)", RegexOptions.None, 1000)]
    private static partial Regex Figure();

    [GeneratedRegex(@"\d.* busy$", RegexOptions.None, 1000)]
    private static partial Regex Busy();
}

/// <summary>Tests of promises in seconds, run when no other test takes the processor.</summary>
[CollectionDefinition(nameof(Undisturbed), DisableParallelization = true)]
public sealed class Undisturbed;
