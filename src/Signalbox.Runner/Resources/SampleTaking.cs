using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Resources;

/// <summary>Makes one sample of what tree and runner tell.</summary>
internal sealed class SampleTaking(ResourcesOptions options, ITreeSource tree, IRunnerSource runner, TimeProvider clock)
{
    private long _timestamp = clock.GetTimestamp();
    private TimeSpan? _treeTime;
    private TimeSpan _runnerTime = runner.ReadCpuTime();

    public static string NameOf(ResourceLevel level) => level switch
    {
        ResourceLevel.Normal => "normal",
        ResourceLevel.Warning => "warning",
        ResourceLevel.Refusing => "refusing",
        _ => "critical",
    };

    public ResourceLevel LevelOf(long bytes) =>
        options.LimitBytes == 0 ? ResourceLevel.Normal
        : bytes > options.LimitBytes ? ResourceLevel.Critical
        : bytes >= options.LimitBytes * options.RefuseThreshold ? ResourceLevel.Refusing
        : bytes >= options.LimitBytes * options.WarnThreshold ? ResourceLevel.Warning
        : ResourceLevel.Normal;

    public ResourceSample Take()
    {
        var of = tree.Read();
        var own = runner.Read();
        var now = clock.GetTimestamp();
        var elapsed = clock.GetElapsedTime(_timestamp, now);

        // Processes that are gone take their times with them where nobody keeps account of them; time used is never given back. What the tree
        // had used when it was first looked at belongs to the time before.
        var before = _treeTime ?? of.CpuTime;
        var treeTime = of.CpuTime > before ? of.CpuTime : before;
        var used = treeTime - before + own.CpuTime - _runnerTime;
        (_timestamp, _treeTime, _runnerTime) = (now, treeTime, own.CpuTime);
        var bytes = of.Bytes + own.Bytes;
        return new ResourceSample
        {
            At = clock.GetUtcNow(),
            MemoryBytes = bytes,
            MemoryPercent = options.LimitBytes > 0 ? Math.Round(100.0 * bytes / options.LimitBytes, 2) : 0,
            Measure = of.Measure,
            RunnerBytes = own.Bytes,
            HeapAlloc = own.HeapAlloc,
            HeapSys = own.HeapSys,
            NumGc = own.Collections,
            Goroutines = own.Goroutines,
            Processes = of.Processes,
            Threads = of.Threads,
            Handles = of.Handles,
            CpuPercent = elapsed > TimeSpan.Zero ? Math.Round(Math.Max(0, 100 * (used / elapsed)), 2) : 0,
            CpuSeconds = Math.Round((treeTime + own.CpuTime).TotalSeconds, 3),
            Level = NameOf(LevelOf(bytes)),
            OomKills = of.OomKills,
        };
    }
}
