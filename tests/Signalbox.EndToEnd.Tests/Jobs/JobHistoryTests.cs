using Microsoft.Playwright;
using Signalbox.EndToEnd.Tests.Browser;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Jobs;

public sealed class JobHistoryTests(Chromium chromium, JobsServer jobs) : BrowserTest(chromium)
{
    [Fact]
    public async Task FiltersRunsAndKeepsTheFiltersInTheAddress()
    {
        var server = await jobs.GetAsync(Cancelled);
        using var calls = new JobCalls(server);
        var good = await calls.CreateAsync("history good", "echo well", schedule: null, Cancelled);
        var bad = await calls.CreateAsync("history bad", "echo oh >&2; exit 3", schedule: null, Cancelled);
        await calls.RunAsync(good, Cancelled);
        var failed = await calls.RunAsync(bad, Cancelled);
        var tab = await OpenSignedInTabAsync(server, "/jobs/executions");
        await Assertions.Expect(RowsOf(tab, "history good")).ToHaveCountAsync(1);

        // The text form makes a chip, and the job is chosen among those named so.
        await tab.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Filter runs" }).FocusAsync();
        await tab.Page.Keyboard.TypeAsync("state:failed history");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "history bad" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByText("State: failed")).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.GetByText("Job: history bad")).ToBeVisibleAsync();
        await Assertions.Expect(RowsOf(tab, "history good")).ToHaveCountAsync(0);
        await Assertions.Expect(RowsOf(tab, "history bad")).ToHaveCountAsync(1);
        await tab.KeepPictureAsync("history-filtered");

        await tab.AddressHasAsync("state=failed");
        await tab.AddressHasAsync($"task={bad}");
        var other = await OpenSignedInTabAsync(server, tab.Page.Url);
        await Assertions.Expect(other.Page.GetByText("Job: history bad")).ToBeVisibleAsync();
        await Assertions.Expect(RowsOf(other, "history bad")).ToHaveCountAsync(1);

        await RowsOf(other, "history bad").GetByText("by hand").ClickAsync();
        await other.IsAtAsync($"/jobs/executions/{failed}");
        await Assertions.Expect(other.Page.GetByText("exit code 3").First).ToBeVisibleAsync();
        await Assertions.Expect(other.Page.GetByRole(AriaRole.Log, new() { Name = "Output" })).ToContainTextAsync("oh");
        await other.KeepPictureAsync("run-failed", height: 1200);

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Remove the filter State: failed" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Remove the filter Job: history bad" }).ClickAsync();
        await Assertions.Expect(RowsOf(tab, "history good")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task ShowsANewRunWithoutBeingAsked()
    {
        var server = await jobs.GetAsync(Cancelled);
        using var calls = new JobCalls(server);
        var job = await calls.CreateAsync("history live", "echo well", schedule: null, Cancelled);
        var tab = await OpenSignedInTabAsync(server, $"/jobs/executions?task={job}");
        await Assertions.Expect(tab.Page.GetByText("No run matches these filters")).ToBeVisibleAsync();

        await calls.RunAsync(job, Cancelled);

        await Assertions.Expect(RowsOf(tab, "history live").GetByText("succeeded")).ToBeVisibleAsync();
    }

    private static ILocator RowsOf(Tab tab, string job) => tab.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = job });
}
