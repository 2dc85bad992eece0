using Microsoft.Playwright;
using Signalbox.EndToEnd.Tests.Program;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Browser;

/// <summary>A test in Chromium: fails on whatever a page complained about, and leaves pictures and console logs of a failure in artifacts/e2e.</summary>
public abstract class BrowserTest(Chromium chromium) : IAsyncLifetime
{
    private readonly List<Tab> _tabs = [];
    private readonly List<SignalboxProcess> _servers = [];

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A server of this test's own; it outlives the tabs, which would complain about its end.</summary>
    protected async Task<SignalboxProcess> StartServerAsync(string? dataFolder = null, params string[] moreFlags)
    {
        var server = await SignalboxProcess.StartAsync(Cancelled, dataFolder, moreFlags);
        _servers.Add(server);
        return server;
    }

    /// <summary>Starts a server that has ended once more: same ports, same folder.</summary>
    protected async Task StartAgainAsync(SignalboxProcess server) => _servers.Add(await server.StartAgainAsync(Cancelled));

    /// <summary>A new tab in a profile of its own, 1280 × 800 and English unless <paramref name="adjust"/> says otherwise.</summary>
    protected async Task<Tab> OpenTabAsync(Uri server, Action<BrowserNewContextOptions>? adjust = null)
    {
        var options = new BrowserNewContextOptions
        {
            BaseURL = server.ToString(),
            ViewportSize = new ViewportSize { Width = 1280, Height = 800 },
            Locale = "en-GB",
            TimezoneId = "Europe/Berlin",
            ColorScheme = ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        };
        adjust?.Invoke(options);
        var profile = await chromium.NewProfileAsync(options, Cancelled);
        profile.SetDefaultTimeout(Chromium.StepLimitMilliseconds);
        var tab = await Tab.OpenAsync(profile);
        _tabs.Add(tab);
        return tab;
    }

    /// <summary>A tab in which <c>admin</c> is signed in already, at a page.</summary>
    protected async Task<Tab> OpenSignedInTabAsync(SignalboxProcess server, string path, Action<BrowserNewContextOptions>? adjust = null)
    {
        var tab = await OpenTabAsync(server.Address, adjust);
        var answer = await tab.Profile.APIRequest.PostAsync("/api/v1/session", new() { DataObject = new { name = "admin", password = SharedServer.Password } });
        Assert.True(answer.Ok, $"Signing in is answered with {answer.Status}.");
        await tab.Page.GotoAsync(path);
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        return tab;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        var complaints = _tabs.SelectMany(static tab => tab.Complaints).ToList();
        for (var index = 0; index < _tabs.Count; index++)
        {
            if (failed || complaints.Count > 0)
            {
                await KeepEvidenceAsync(_tabs[index], $"failed-{GetType().Name}-{TestContext.Current.TestMethod?.MethodName}-{index}");
            }

            await _tabs[index].Profile.CloseAsync();
        }

        // The last one first: one that was started again runs on the folder of the first.
        foreach (var server in _servers.AsEnumerable().Reverse())
        {
            await server.DisposeAsync();
        }

        Assert.True(complaints.Count == 0, $"The page complained:\n{string.Join('\n', complaints)}");
    }

    private static async Task KeepEvidenceAsync(Tab tab, string name)
    {
        await File.WriteAllTextAsync(Path.Combine(Tab.ArtifactFolder, $"{name}.log"), $"{tab.Page.Url}\n{tab.Log}\n", CancellationToken.None);
        try
        {
            await tab.KeepPictureAsync(name);
        }
        catch (PlaywrightException exception)
        {
            await File.AppendAllTextAsync(Path.Combine(Tab.ArtifactFolder, $"{name}.log"), $"No picture: {exception.Message}\n", CancellationToken.None);
        }
    }
}
