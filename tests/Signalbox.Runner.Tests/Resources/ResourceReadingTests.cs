using FsCheck;
using FsCheck.Fluent;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Resources;
using Xunit;

namespace Signalbox.Runner.Tests.Resources;

/// <summary>What is told of a run's resources, from its facts alone.</summary>
public sealed class ResourceReadingTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 24, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void TellsPeakWarningsCollectionsAndTime()
    {
        var reading = Reading();
        reading.Take(Sample(0, 100, "normal", cpu: 1));
        reading.Take(Sample(10, 850, "warning", cpu: 2, oomKills: 0));
        reading.Take(Sample(11, 990, "refusing", cpu: 3, oomKills: 2));
        reading.Take(Sample(12, 400, "normal", cpu: 4, oomKills: 2));
        reading.Take(Sample(13, 820, "warning", cpu: 5));
        reading.Take(new RunnerEvent { At = Begin, Kind = RunnerEventKind.GarbageCollected, Text = "Collected." });
        reading.Take(new RunnerEvent { At = Begin, Kind = RunnerEventKind.Ended, Text = "Ended.", Values = new Dictionary<string, string> { [ResourceReading.CpuSecondsValue] = "7.5" } });
        var report = reading.Report;
        Assert.Equal((1000, 990, 99.0, "pss"), (report.LimitBytes, report.PeakBytes, report.PeakPercent, report.Measure));
        Assert.Equal((2, 1, 5, 2L, 7.5), (report.Warnings, report.GarbageCollections, report.Samples, report.OomKills, report.CpuSeconds));
        Assert.Equal([0, 90, 10, 5], report.Chart[0]);
        Assert.Equal([13, 810, 10, 5], report.Chart[^1]);
        Assert.Equal((820, 8), (report.Runner!.MemoryBytes, report.Runner.Goroutines));
    }

    [Fact]
    public void TellsNothingOfWhatWasNotMeasured()
    {
        var report = Reading().Report;
        Assert.Equal((0, 0, null, null, 0), (report.Samples, report.PeakBytes, report.Measure, report.Runner, report.Chart.Count));
    }

    [Fact]
    public void GivesTheSameForEveryOrderBetweenFiles()
    {
        RunFact[] samples = [Sample(0, 100, "normal"), Sample(10, 900, "warning"), Sample(20, 100, "normal")];
        RunFact[] events = [new RunnerEvent { At = Begin, Kind = RunnerEventKind.GarbageCollected, Text = "Collected." }, new RunnerEvent { At = Begin, Kind = RunnerEventKind.Ended, Text = "Ended." }];
        var first = Reading();
        var second = Reading();
        Array.ForEach([.. samples, .. events], first.Take);
        Array.ForEach([events[0], samples[0], samples[1], events[1], samples[2]], second.Take);
        Assert.Equivalent(first.Report, second.Report, strict: true);
    }

    [Fact]
    public void KeepsTheChartShortItsTimesInOrderAndItsPeak() =>
        Prop.ForAll(
            Gen.Choose(0, 4000).SelectMany(static count => Gen.Choose(0, 1_000_000).ArrayOf(count)).ToArbitrary(),
            static heights =>
            {
                var chart = new ResourceChart();
                for (var index = 0; index < heights.Length; index++)
                {
                    chart.Add([index, heights[index], 1, 0]);
                }

                var points = chart.Points;
                return points.Count <= ResourceChart.MaxPoints
                    && points.Count >= Math.Min(heights.Length, ResourceChart.MaxPoints / 2)
                    && points.Zip(points.Skip(1), static (before, after) => before[0] < after[0]).All(static isOrdered => isOrdered)
                    && (heights.Length == 0 || points.Max(static point => point[1]) == heights.Max())
                    && points.All(point => heights[(int)point[0]] == point[1]);
            }).QuickCheckThrowOnFailure();

    private static ResourceReading Reading() => new(new RunStart
    {
        At = Begin,
        RunId = "20260124T100000Z-1a2b3c4d",
        TraceId = new string('a', 32),
        SpanId = new string('b', 16),
        Command = ["true"],
        Folder = "/w",
        Root = "/w",
        Ci = new CiContext { Platform = "shell" },
        Limits = new RunLimits { MemoryBytes = 1000 },
        RedactionKey = "AAAA",
        RunnerVersion = "0",
    });

    private static ResourceSample Sample(double second, long bytes, string level, double cpu = 0, long? oomKills = null) => new()
    {
        At = Begin.AddSeconds(second),
        MemoryBytes = bytes,
        MemoryPercent = bytes / 10.0,
        Measure = "pss",
        RunnerBytes = 10,
        HeapAlloc = 1,
        HeapSys = 2,
        NumGc = 3,
        Goroutines = 8,
        Processes = 1,
        Threads = 2,
        Handles = 3,
        CpuPercent = 5,
        CpuSeconds = cpu,
        Level = level,
        OomKills = oomKills,
    };
}
