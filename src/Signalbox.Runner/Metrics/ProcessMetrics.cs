using static Signalbox.Runner.Metrics.RunMetricNames;

namespace Signalbox.Runner.Metrics;

/// <summary>The runner's own state as metrics, where there is no run to tell of.</summary>
internal static class ProcessMetrics
{
    public static IReadOnlyList<MetricFamily> Of(ProcessFigures figures) =>
    [
        RunMetrics.Single(Duration, MetricKind.Gauge, DurationHelp, figures.Uptime.TotalSeconds),
        RunMetrics.Single(TokenUsage, MetricKind.Counter, TokenUsageHelp, null),
        RunMetrics.Single(CacheHits, MetricKind.Counter, CacheHitsHelp, 0),
        RunMetrics.Single(RiskScore, MetricKind.Gauge, RiskScoreHelp, null),
        RunMetrics.Single(MemoryAlloc, MetricKind.Gauge, MemoryAllocHelp, figures.HeapAllocBytes),
        RunMetrics.Single(MemorySys, MetricKind.Gauge, MemorySysHelp, figures.HeapSysBytes),
        RunMetrics.Single(MemoryLimit, MetricKind.Gauge, MemoryLimitHelp, figures.LimitBytes),
        RunMetrics.Single(Goroutines, MetricKind.Gauge, GoroutinesHelp, figures.Goroutines),
        RunMetrics.Single(GcCount, MetricKind.Counter, GcCountHelp, figures.GcCount),
        RunMetrics.Single(CpuPercent, MetricKind.Gauge, CpuPercentHelp, figures.CpuPercent),
        RunMetrics.Single(TreeMemory, MetricKind.Gauge, "Resident memory of the runner.", figures.ResidentBytes),
        new MetricFamily(RunInfo, MetricKind.Gauge, "The program; always 1.", [new MetricSample([new MetricLabel("version", figures.Version)], 1)]),
    ];
}

/// <summary>What a process knows of itself at one moment.</summary>
/// <param name="Uptime">Since it was started.</param>
/// <param name="CpuPercent">Since it was started; 100 is one core.</param>
/// <param name="Goroutines">Live threads and queued work items of the pool.</param>
/// <param name="LimitBytes">As configured; 0 is none.</param>
internal sealed record ProcessFigures(
    TimeSpan Uptime, double CpuPercent, long HeapAllocBytes, long HeapSysBytes, long Goroutines, long GcCount, long ResidentBytes, long LimitBytes, string Version)
{
    /// <summary>Looks at this process.</summary>
    public static ProcessFigures Now(TimeProvider clock, long limitBytes, string version)
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var heap = GC.GetGCMemoryInfo();
        var uptime = clock.GetUtcNow() - new DateTimeOffset(process.StartTime);
        var seconds = Math.Max(uptime.TotalSeconds, 0.001);
        return new ProcessFigures(
            TimeSpan.FromSeconds(seconds),
            process.TotalProcessorTime.TotalSeconds / seconds * 100,
            GC.GetTotalMemory(forceFullCollection: false),
            Math.Max(heap.TotalCommittedBytes, GC.GetTotalMemory(forceFullCollection: false)),
            process.Threads.Count + ThreadPool.PendingWorkItemCount,
            GC.CollectionCount(0),
            process.WorkingSet64,
            limitBytes,
            version);
    }
}
