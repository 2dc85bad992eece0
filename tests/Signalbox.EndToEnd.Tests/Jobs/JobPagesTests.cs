using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Signalbox.EndToEnd.Tests.Browser;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Jobs;

public sealed partial class JobPagesTests(Chromium chromium, JobsServer jobs) : BrowserTest(chromium)
{
    private const string OnTimeline = "/jobs/timeline?from=now-15m&to=now";

    /// <summary>Pixels of the timeline in a colour, rather than in the greys of its grid.</summary>
    private const string ColouredPixels = """
        (canvas) => {
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let coloured = 0;
          for (let i = 0; i < data.length; i += 4) if (data[i + 3] > 100 && Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]) > 40) coloured++;
          return coloured;
        }
        """;

    [Fact]
    public async Task CreatesAJobRunsItWatchesItsOutputCancelsAnotherAndFindsBothOnTheTimeline()
    {
        using var folder = new TemporaryFolder();
        var seen = folder.File("seen");
        var tab = await OpenSignedInTabAsync(await jobs.GetAsync(Cancelled), "/jobs");

        await CreateAsync(tab, "five lines", $"for i in 1 2 3 4; do echo \"line $i of five\"; done; until test -e {seen}; do sleep 0.2; done; echo \"line 5 of five\"");
        await tab.KeepPictureAsync("job-created", height: 1500);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Run now" }).ClickAsync();
        var output = tab.Page.GetByRole(AriaRole.Log, new() { Name = "Output" });
        await Assertions.Expect(output).ToContainTextAsync("line 1 of five");

        // It is there while the run goes on, not when it is over.
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel run" })).ToBeVisibleAsync();
        await Assertions.Expect(output).Not.ToContainTextAsync("line 5 of five", new() { Timeout = 1 });
        await tab.KeepPictureAsync("run-live", height: 1200);
        await File.WriteAllTextAsync(seen, string.Empty, Cancelled);
        await Assertions.Expect(output).ToContainTextAsync("line 5 of five");
        await Assertions.Expect(tab.Page.GetByText("succeeded", new() { Exact = true }).First).ToBeVisibleAsync();

        await tab.Page.GotoAsync("/jobs");
        await CreateAsync(tab, "endless", "echo begun; sleep 600");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Run now" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Log, new() { Name = "Output" })).ToContainTextAsync("begun");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel run" }).ClickAsync();
        await tab.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel run" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByText("cancelled", new() { Exact = true }).First).ToBeVisibleAsync();
        await tab.KeepPictureAsync("run-cancelled", height: 1200);

        await tab.Page.GotoAsync(OnTimeline);
        await Eventually.HoldsAsync("the timeline has bars", async () => await tab.Page.Locator("main canvas").EvaluateAsync<int>(ColouredPixels) > 20, Cancelled);
        await tab.KeepPictureAsync("timeline");
        await tab.Page.GetByText("Table", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(RowOf(tab, "five lines").GetByText("succeeded")).ToBeVisibleAsync();
        await Assertions.Expect(RowOf(tab, "endless").GetByText("cancelled")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task OpensARunFromItsBarOnTheTimeline()
    {
        var server = await jobs.GetAsync(Cancelled);
        using var calls = new JobCalls(server);
        var run = await calls.RunAsync(await calls.CreateAsync("only lane", "sleep 3", schedule: null, Cancelled), Cancelled);

        // Not up to the present, with which the bar would move away from under the pointer.
        var now = TimeProvider.System.GetUtcNow().AddSeconds(1);
        var tab = await OpenSignedInTabAsync(server, string.Create(CultureInfo.InvariantCulture, $"/jobs/timeline?q=only+lane&from={now.AddMinutes(-5):yyyy-MM-ddTHH:mm:ssZ}&to={now:yyyy-MM-ddTHH:mm:ssZ}"));
        var canvas = tab.Page.Locator("main canvas");
        await Eventually.HoldsAsync("the timeline has bars", async () => await canvas.EvaluateAsync<int>(ColouredPixels) > 20, Cancelled);

        // Where the first coloured column of the drawing is, apart from the line of the present.
        var x = await canvas.EvaluateAsync<float>(
            """
            (canvas) => {
              const { data, width } = canvas.getContext('2d').getImageData(0, 12, canvas.width, 1);
              for (let x = 0; x < width; x++) if (data[4 * x + 1] - data[4 * x] > 40) return x / (window.devicePixelRatio || 1);
              return -1;
            }
            """);
        await canvas.HoverAsync(new() { Position = new Position { X = x + 1, Y = 12 } });
        await Assertions.Expect(tab.Page.GetByText("Click to open the run")).ToBeVisibleAsync();
        await tab.KeepPictureAsync("timeline-hover");
        await canvas.ClickAsync(new() { Position = new Position { X = x + 1, Y = 12 } });

        await tab.IsAtAsync($"/jobs/executions/{run}");
    }

    [Fact]
    public async Task SaysWhereAnExpressionIsWrongAndShowsWhenARightOneFires()
    {
        var tab = await OpenSignedInTabAsync(await jobs.GetAsync(Cancelled), "/jobs/new");
        tab.Expect(RefusedPreview());
        var preview = tab.Page.GetByRole(AriaRole.List, new() { Name = "Next fires" });

        await tab.Page.GetByLabel("Cron expression").FillAsync("30 2 * * SUN");
        await tab.Page.GetByLabel("Time zone").FillAsync("Europe/Berlin");
        await Assertions.Expect(preview.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(10);
        await Assertions.Expect(preview.GetByRole(AriaRole.Listitem).First).ToContainTextAsync("02:30:00");

        await tab.Page.GetByLabel("Cron expression").FillAsync("30 25 * * SUN");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("at character 4");
        await tab.KeepPictureAsync("job-form-error", height: 1600);
    }

    [Fact]
    public async Task SwitchesSeveralJobsOffAtOnceAndIsWalkedByKeys()
    {
        var server = await jobs.GetAsync(Cancelled);
        using var calls = new JobCalls(server);
        await calls.CreateAsync("bulk one", "true", new { interval = "1h" }, Cancelled);
        var second = await calls.CreateAsync("bulk two", "true", new { interval = "1h" }, Cancelled);
        var tab = await OpenSignedInTabAsync(server, "/jobs?q=bulk");

        await tab.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Select all that are shown" }).CheckAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Disable", Exact = true }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Switch, new() { Checked = false })).ToHaveCountAsync(2);
        await tab.KeepPictureAsync("jobs-list");

        await tab.Page.GetByRole(AriaRole.Switch, new() { Name = "Run bulk one by its schedule" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Switch, new() { Checked = true })).ToHaveCountAsync(1);

        await tab.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync();
        await tab.Page.Keyboard.PressAsync("j");
        await tab.Page.Keyboard.PressAsync("j");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.IsAtAsync($"/jobs/{second}");
    }

    [GeneratedRegex("status of 400 .*/api/v1/scheduler/preview", RegexOptions.None, 1000)]
    private static partial Regex RefusedPreview();

    private static ILocator RowOf(Tab tab, string job) => tab.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = job });

    private static async Task CreateAsync(Tab tab, string name, string script)
    {
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "New job" }).First.ClickAsync();
        await tab.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await tab.Page.GetByText("By hand", new() { Exact = true }).ClickAsync();
        await tab.Page.GetByLabel("Program").FillAsync("/bin/sh");
        await tab.Page.GetByLabel("Arguments").FillAsync($"-c\n{script}");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Create job" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 })).ToBeVisibleAsync();
    }
}
