using Microsoft.Playwright;
using Signalbox.EndToEnd.Tests.Browser;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Runs;

public sealed class RunAccessibilityTests(Chromium chromium, RunsServer runs) : BrowserTest(chromium)
{
    private static readonly string[] Parts = ["summary", "timeline", "timeline&show=problems", "changes", "denials", "memory", "usage", "trace", "log", "files"];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task NoPageOfRunsHasASeriousFault(ColorScheme theme)
    {
        var axe = RepositoryRoot.File("console", "node_modules", "axe-core", "axe.min.js");
        Assert.SkipUnless(File.Exists(axe), "axe-core is not installed; ./run --build-only installs the console's packages.");
        var tab = await OpenSignedInTabAsync(await runs.GetAsync(Cancelled), "/overview", options => options.ColorScheme = theme);
        await tab.Profile.AddInitScriptAsync(scriptPath: axe);
        var id = RunsServer.Sample(3).Id;
        string[] pages = ["/runs?from=now-30d&to=now", "/runs?branch=nowhere", "/runs/costs?from=now-30d&to=now&measure=tokens", .. Parts.Select(part => $"/runs/{id}?tab={part}")];
        var faults = new List<string>();
        foreach (var page in pages)
        {
            await tab.Page.GotoAsync(page);
            await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await tab.Page.WaitForFunctionAsync("() => document.querySelector('main [role=status][aria-label]') === null");
            var found = await tab.Page.EvaluateAsync<string[]>(AccessibilityTests.FindViolations);
            faults.AddRange(found.Select(fault => $"{page}, {theme}: {fault}"));
        }

        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }
}
