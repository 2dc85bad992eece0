using Microsoft.Playwright;
using Signalbox.EndToEnd.Tests.Program;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Browser;

public sealed class AccessibilityTests(Chromium chromium, SharedServer shared) : BrowserTest(chromium)
{
    internal const string FindViolations = """
        async () => {
          const { violations } = await axe.run(document, { resultTypes: ['violations'] });
          return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, help, nodes }) => `${id} (${help}): ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`).join('; ')}`);
        }
        """;

    private static readonly string[] Pages =
    [
        "/overview", "/explore/metrics", "/explore/metrics?q.A=node_load1&explore=1", "/explore/metrics?q.A=rate(node_cpu_seconds_total[1m])&view=table",
        "/settings/tokens", "/settings/users", "/settings/tenants", "/settings/limits", "/settings/audit", "/audit", "/audit/0", "/audit/actors/admin", "/runs", "/runs/costs", "/nowhere",
    ];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task NoPageHasASeriousFault(ColorScheme theme)
    {
        var axe = RepositoryRoot.File("console", "node_modules", "axe-core", "axe.min.js");
        Assert.SkipUnless(File.Exists(axe), "axe-core is not installed; ./run --build-only installs the console's packages.");
        var server = await shared.GetAsync(Cancelled);
        var faults = new List<string>();

        var stranger = await OpenTabAsync(server.Address, options => options.ColorScheme = theme);
        await stranger.Profile.AddInitScriptAsync(scriptPath: axe);
        await stranger.Page.GotoAsync("/sign-in");
        await CheckAsync(stranger, "sign-in", theme, faults);

        var tab = await OpenSignedInTabAsync(server, "/overview", options => options.ColorScheme = theme);
        await tab.Profile.AddInitScriptAsync(scriptPath: axe);
        foreach (var page in Pages)
        {
            await tab.Page.GotoAsync(page);
            await CheckAsync(tab, page.Split('=')[0].Trim('/'), theme, faults);
        }

        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }

    private static async Task CheckAsync(Tab tab, string name, ColorScheme theme, List<string> faults)
    {
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Main)).ToBeVisibleAsync();
        await tab.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await tab.KeepPictureAsync($"{string.Concat(name.Select(static letter => char.IsLetterOrDigit(letter) ? letter : '-'))}-{theme}".ToLowerInvariant(), height: 1500);
        var found = await tab.Page.EvaluateAsync<string[]>(FindViolations);
        faults.AddRange(found.Select(fault => $"{name}, {theme}: {fault}"));
    }
}
