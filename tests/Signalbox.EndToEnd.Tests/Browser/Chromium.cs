using Microsoft.Playwright;
using Signalbox.EndToEnd.Tests.Browser;
using Signalbox.Testing.Services;
using Xunit;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Signalbox.EndToEnd.Tests.Browser;

/// <summary>Debian's Chromium, started once, when the first test asks for a page; each page has a profile of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>Ends a step that waits for what never comes; no promise of the product.</summary>
    public const float StepLimitMilliseconds = 120_000;

    private static readonly string[] Flags =
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly SemaphoreSlim _starting = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A new profile; the test is skipped, visibly, when there is no Chromium.</summary>
    public async Task<IBrowserContext> NewProfileAsync(BrowserNewContextOptions options, CancellationToken cancellationToken)
    {
        var program = DebianPackage.Chromium.Require();
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_playwright is null)
            {
                _playwright = await Playwright.CreateAsync();
                Assertions.SetDefaultExpectTimeout(StepLimitMilliseconds);
            }

            _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Headless = true, Args = Flags });
        }
        finally
        {
            _starting.Release();
        }

        return await _browser.NewContextAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
        _starting.Dispose();
    }
}
