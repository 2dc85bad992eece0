using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Signalbox.EndToEnd.Tests.Program;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Services;
using Xunit;

namespace Signalbox.EndToEnd.Tests.Browser;

public sealed partial class MetricsPageTests(Chromium chromium, SharedServer shared) : BrowserTest(chromium)
{
    private const string Path = "/explore/metrics?from=now-5m&to=now";

    /// <summary>Pixels of a canvas that have a colour, rather than the greys of axes and text.</summary>
    private const string ColouredPixels = """
        (canvas) => {
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          let coloured = 0;
          for (let i = 0; i < data.length; i += 4) {
            const [r, g, b, a] = data.subarray(i, i + 4);
            if (a > 100 && Math.max(r, g, b) - Math.min(r, g, b) > 40) coloured++;
          }
          return coloured;
        }
        """;

    [Fact]
    public async Task CompletesAQueryDrawsItAndSharesItByItsAddress()
    {
        var server = await MeasuringServerAsync();
        var tab = await OpenSignedInTabAsync(server, Path);

        await tab.Page.GetByLabel("PromQL of query A").ClickAsync();
        await tab.Page.Keyboard.TypeAsync("node_loa");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Option, new() { Name = "node_load15" })).ToBeVisibleAsync();
        await tab.KeepPictureAsync("metrics-completion");
        await tab.Page.GetByRole(AriaRole.Option, new() { Name = "node_load15" }).ClickAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Show only " })).ToHaveCountAsync(1);
        await HasDrawnAsync(tab);
        await tab.AddressHasAsync("q.A=node_load15");
        await tab.KeepPictureAsync("metrics-graph");

        // Chosen by keyboard: the range is part of what a link shows.
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.Page.Keyboard.PressAsync("t");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Last 30 minutes" }).ClickAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Time range: Last 30 minutes" })).ToBeVisibleAsync();

        await tab.AddressHasAsync("from=now-30m");
        var other = await OpenSignedInTabAsync(server, tab.Page.Url);
        await Assertions.Expect(other.Page.GetByLabel("PromQL of query A")).ToHaveTextAsync("node_load15");
        await Assertions.Expect(other.Page.GetByRole(AriaRole.Button, new() { Name = "Time range: Last 30 minutes" })).ToBeVisibleAsync();
        await Assertions.Expect(other.Page.GetByRole(AriaRole.Button, new() { Name = "Show only " })).ToHaveCountAsync(1);
        await HasDrawnAsync(other);
    }

    [Fact]
    public async Task ZoomsToWhatIsDraggedOverAndComesBack()
    {
        var server = await MeasuringServerAsync();
        var tab = await OpenSignedInTabAsync(server, Path + "&q.A=node_load1");
        await HasDrawnAsync(tab);

        var plot = (await tab.Page.Locator("main .u-over").BoundingBoxAsync())!;
        await tab.Page.Mouse.MoveAsync(plot.X + (plot.Width * 0.3f), plot.Y + (plot.Height / 2));
        await tab.Page.Mouse.DownAsync();
        await tab.Page.Mouse.MoveAsync(plot.X + (plot.Width * 0.6f), plot.Y + (plot.Height / 2), new() { Steps = 5 });
        await tab.Page.Mouse.UpAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Time range: Last 5 minutes" })).ToHaveCountAsync(0);
        await Assertions.Expect(tab.Page).Not.ToHaveURLAsync(FromNow());

        await tab.Page.GoBackAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Time range: Last 5 minutes" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task PointsAtTheFaultOfAQuery()
    {
        var server = await MeasuringServerAsync();
        var tab = await OpenSignedInTabAsync(server, Path);
        tab.Expect(RefusedQuery());

        await tab.Page.GetByLabel("PromQL of query A").ClickAsync();
        await tab.Page.Keyboard.TypeAsync("sum by (instance) node_load1");
        await tab.Page.Keyboard.PressAsync("Control+Enter");

        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Query A failed");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Line 1, column ");
        await Assertions.Expect(tab.Page.Locator(".cm-lintRange-error").First).ToBeVisibleAsync();
        await tab.KeepPictureAsync("metrics-error");
    }

    [GeneratedRegex("status of 400 .*/prometheus/api/v1/query", RegexOptions.None, 1000)]
    private static partial Regex RefusedQuery();

    [GeneratedRegex("from=now", RegexOptions.None, 1000)]
    private static partial Regex FromNow();

    private static Task HasDrawnAsync(Tab tab) => Eventually.HoldsAsync(
        "the graph has lines",
        async () => await tab.Page.Locator("main canvas").CountAsync() > 0 && await tab.Page.Locator("main canvas").First.EvaluateAsync<int>(ColouredPixels) > 5,
        Cancelled);

    private async Task<SignalboxProcess> MeasuringServerAsync()
    {
        var server = await shared.GetAsync(Cancelled);
        using var calls = new MetricCalls(server.Address, server.AdminToken);

        // Some seconds of measurements, so that the line is long enough to be seen.
        await calls.WaitForAsync("count_over_time(node_load1[5m]) >= 5", Cancelled);
        return server;
    }
}
