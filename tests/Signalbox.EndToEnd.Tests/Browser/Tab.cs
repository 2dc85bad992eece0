using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Signalbox.Testing.Files;

namespace Signalbox.EndToEnd.Tests.Browser;

/// <summary>One page of the console in a profile of its own, and everything it complained about.</summary>
public sealed partial class Tab
{
    /// <summary>Chromium reports a violated policy as an event; a test is to see it as an error, whatever the form.</summary>
    private const string ReportPolicyViolations = """
        document.addEventListener('securitypolicyviolation', (event) =>
          console.error(`Content security policy violated: ${event.violatedDirective} by ${event.blockedURI} in ${event.sourceFile}`));
        """;

    private readonly ConcurrentQueue<string> _log = new();
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly List<Regex> _expected = [];

    private Tab(IBrowserContext profile, IPage page)
    {
        Profile = profile;
        Page = page;
        page.Console += (_, message) => Heard(message.Type, $"{message.Text} ({message.Location})");
        page.PageError += (_, error) => Heard("error", $"Uncaught: {error}");
        page.Crash += (_, _) => Heard("error", "The page crashed.");
    }

    public IBrowserContext Profile { get; }

    public IPage Page { get; }

    /// <summary>Errors on its console, uncaught exceptions and policy violations that the test did not expect.</summary>
    public IReadOnlyList<string> Complaints => [.. _complaints.Where(complaint => !_expected.Exists(regex => regex.IsMatch(complaint)))];

    public string Log => string.Join('\n', _log);

    public static string ArtifactFolder { get; } = Directory.CreateDirectory(RepositoryRoot.File("artifacts", "e2e")).FullName;

    public static async Task<Tab> OpenAsync(IBrowserContext profile)
    {
        await profile.AddInitScriptAsync(ReportPolicyViolations);
        var tab = new Tab(profile, await profile.NewPageAsync());

        // Chromium writes each refused request to the console. Asking who is signed in before anybody is, is how the console starts.
        tab.Expect(SignedOutSession());
        return tab;
    }

    /// <summary>Names an error that belongs to what the test does, such as a wrong password.</summary>
    public void Expect(Regex complaint) => _expected.Add(complaint);

    /// <summary>Keeps a picture of the page for people to look at.</summary>
    /// <param name="height">The window's height for the picture, where more is to be seen than fits; null leaves it.</param>
    public async Task KeepPictureAsync(string name, int? height = null)
    {
        if (Page.ViewportSize is { } size && height is { } wanted)
        {
            await Page.SetViewportSizeAsync(size.Width, wanted);
        }

        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(ArtifactFolder, $"{name}.png"), Caret = ScreenshotCaret.Initial });
    }

    /// <summary>Waits until the address is that of a page, whatever follows its path.</summary>
    public Task IsAtAsync(string path) => Assertions.Expect(Page).ToHaveURLAsync(new Regex($"^https?://[^/]+{Regex.Escape(path)}(?:[?#]|$)", RegexOptions.None, TimeSpan.FromSeconds(1)));

    /// <summary>Waits until the address has something in it, unescaped as in the bar: it follows what the page shows a little later.</summary>
    public Task AddressHasAsync(string part) => Assertions.Expect(Page).ToHaveURLAsync(new Regex(Regex.Escape(part), RegexOptions.None, TimeSpan.FromSeconds(1)));

    /// <summary>Fills the sign-in form that is open and sends it.</summary>
    public async Task SignInAsync(string name, string password)
    {
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await Page.GetByLabel("Password", new() { Exact = true }).PressAsync("Enter");
    }

    public async Task SignOutAsync()
    {
        // What the page asked just before is answered after it.
        Expect(Unauthorized());
        await Page.GetByRole(AriaRole.Button, new() { Name = "Account of" }).ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    /// <summary>Whether something is to be seen now or in a moment.</summary>
    public async Task<bool> ShowsAsync(ILocator what)
    {
        try
        {
            await what.First.WaitForAsync(new LocatorWaitForOptions { Timeout = 1000 });
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Heard(string kind, string text)
    {
        _log.Enqueue($"{kind}: {text}");
        if (kind == "error")
        {
            _complaints.Enqueue(text);
        }
    }

    [GeneratedRegex("status of 401 ", RegexOptions.None, 1000)]
    private static partial Regex Unauthorized();

    [GeneratedRegex(@"status of 401 .*/api/v1/session\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SignedOutSession();
}
