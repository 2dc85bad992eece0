using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Signalbox.EndToEnd.Tests.Program;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Browser;

public sealed partial class ConnectionTests(Chromium chromium) : BrowserTest(chromium)
{
    private const int Terminate = 15;

    [Fact]
    public async Task SaysQuietlyThatTheServerIsGoneAndHealsWhenItIsBack()
    {
        var server = await StartServerAsync();
        using var session = await ConsoleSession.OpenAsync(server, SharedServer.Password, Cancelled);
        var tab = await OpenSignedInTabAsync(server, "/overview");
        tab.Expect(LostConnection());
        var lost = tab.Page.GetByText("Connection lost.");
        var memory = tab.Page.GetByText(InUse());
        await Assertions.Expect(memory).ToBeVisibleAsync();

        server.Process.Signal(Terminate);
        Assert.Equal(0, await server.Process.WaitForExitAsync(Cancelled));
        await Assertions.Expect(lost).ToBeVisibleAsync();

        // Quietly: what was there stays.
        await Assertions.Expect(memory).ToBeVisibleAsync();
        await tab.KeepPictureAsync("connection-lost");

        await StartAgainAsync(server);
        await Assertions.Expect(lost).ToHaveCountAsync(0);
        await Assertions.Expect(memory).ToBeVisibleAsync();
        await tab.KeepPictureAsync("connection-healed");
    }

    [GeneratedRegex("net::ERR_|NetworkError|Failed to fetch|status of 503", RegexOptions.None, 1000)]
    private static partial Regex LostConnection();

    [GeneratedRegex(@"\d.* in use$", RegexOptions.None, 1000)]
    private static partial Regex InUse();
}
