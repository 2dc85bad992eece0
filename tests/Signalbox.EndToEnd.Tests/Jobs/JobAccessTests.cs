using Microsoft.Playwright;
using Signalbox.EndToEnd.Tests.Browser;
using Signalbox.EndToEnd.Tests.Program;
using Signalbox.Testing.Files;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Jobs;

public sealed class JobAccessTests(Chromium chromium, JobsServer jobs) : BrowserTest(chromium)
{
    private const string ForOperators = "Only operators and administrators can do this";
    private const string ForAdmins = "Only administrators can do this";

    [Fact]
    public async Task TellsAViewerWhyButtonsDoNothing()
    {
        var server = await jobs.GetAsync(Cancelled);
        using var calls = new JobCalls(server);
        var job = await calls.CreateAsync("looked at", "sleep 600", new { interval = "30d" }, Cancelled);
        var run = (await calls.PostAsync($"/api/v1/scheduler/tasks/{job}/trigger", new { }, Cancelled)).GetProperty("id").GetString()!;
        var tab = await OpenTabAsync(server.Address);
        await SignInAsViewerAsync(calls, tab);

        await tab.Page.GotoAsync("/jobs?q=looked");
        await RefusesAsync(tab.Page.GetByRole(AriaRole.Button, new() { Name = "New job" }), ForAdmins);
        await RefusesAsync(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Run looked at now" }), ForOperators);
        await RefusesAsync(tab.Page.GetByRole(AriaRole.Switch), ForAdmins);
        await tab.KeepPictureAsync("jobs-viewer");

        await tab.Page.GotoAsync($"/jobs/{job}");
        await RefusesAsync(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Run now" }), ForOperators);
        await RefusesAsync(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Edit" }), ForAdmins);
        await RefusesAsync(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }), ForAdmins);

        await tab.Page.GotoAsync($"/jobs/executions/{run}");
        await RefusesAsync(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel run" }), ForOperators);
        await calls.PostAsync($"/api/v1/scheduler/executions/{run}/cancel", new { }, Cancelled);
        await Assertions.Expect(tab.Page.GetByText("cancelled", new() { Exact = true }).First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task NoPageOfJobsHasASeriousFault(ColorScheme theme)
    {
        var axe = RepositoryRoot.File("console", "node_modules", "axe-core", "axe.min.js");
        Assert.SkipUnless(File.Exists(axe), "axe-core is not installed; ./run --build-only installs the console's packages.");
        var server = await jobs.GetAsync(Cancelled);
        using var calls = new JobCalls(server);
        var job = await calls.CreateAsync($"well made {theme}", "echo well; exit 1", new { cron = "30 2 * * *", timeZone = "Europe/Berlin" }, Cancelled);
        var run = await calls.RunAsync(job, Cancelled);
        var tab = await OpenSignedInTabAsync(server, "/jobs", options => options.ColorScheme = theme);
        await tab.Profile.AddInitScriptAsync(scriptPath: axe);
        var faults = new List<string>();
        string[] pages = ["/jobs", "/jobs/new", $"/jobs/{job}", $"/jobs/{job}/edit", "/jobs/executions", $"/jobs/executions/{run}", "/jobs/timeline", "/jobs/timeline?view=table"];
        foreach (var page in pages)
        {
            await tab.Page.GotoAsync(page);
            await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();

            // An open event stream keeps the network busy for good; what is loading says so.
            await Assertions.Expect(tab.Page.GetByRole(AriaRole.Status, new() { Name = "Loading" })).ToHaveCountAsync(0);
            var name = page.Replace(job, "id", StringComparison.Ordinal).Replace(run, "id", StringComparison.Ordinal);
            await tab.KeepPictureAsync($"{string.Concat(name.Select(static letter => char.IsLetterOrDigit(letter) ? letter : '-'))}-{theme}".ToLowerInvariant().Trim('-'), height: 1500);
            faults.AddRange((await tab.Page.EvaluateAsync<string[]>(AccessibilityTests.FindViolations)).Select(fault => $"{name}, {theme}: {fault}"));
        }

        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }

    private static async Task RefusesAsync(ILocator control, string reason)
    {
        await Assertions.Expect(control).ToBeDisabledAsync();
        await Assertions.Expect(control).ToHaveAccessibleDescriptionAsync(reason);
    }

    /// <summary>Creates a viewer and signs in as one.</summary>
    private static async Task SignInAsViewerAsync(JobCalls calls, Tab tab)
    {
        const string First = "first password of a viewer";
        await calls.PostAsync("/api/v1/users", new { name = "onlooker", role = "viewer", password = First }, Cancelled);
        var answer = await tab.Profile.APIRequest.PostAsync("/api/v1/session", new() { DataObject = new { name = "onlooker", password = First } });
        Assert.True(answer.Ok, $"Signing in is answered with {answer.Status}.");
        var session = (await answer.JsonAsync())!.Value;
        var changed = await tab.Profile.APIRequest.PutAsync("/api/v1/session/password", new()
        {
            DataObject = new { currentPassword = First, newPassword = SharedServer.Password },
            Headers = [new("X-CSRF-Token", session.GetProperty("csrfToken").GetString()!)],
        });
        Assert.True(changed.Ok, $"Changing the password is answered with {changed.Status}.");
    }
}
