namespace Signalbox.Runner.Resources;

/// <summary>This process.</summary>
internal sealed class RunnerSource : IRunnerSource
{
    public long ReadBytes() => Environment.WorkingSet;

    public TimeSpan ReadCpuTime() => Environment.CpuUsage.TotalTime;

    public RunnerUsage Read()
    {
        var heap = GC.GetGCMemoryInfo(GCKind.Any);
        var used = GC.GetTotalMemory(forceFullCollection: false);
        return new RunnerUsage(
            Environment.WorkingSet,
            used,
            Math.Max(heap.TotalCommittedBytes, used),
            GC.CollectionCount(0),
            Threads() + ThreadPool.PendingWorkItemCount,
            ReadCpuTime());
    }

    public void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    /// <summary>All of the process where the system tells them, else those of the pool.</summary>
    private static long Threads() =>
        OperatingSystem.IsLinux() && Processes.Linux.ProcFiles.ReadStat(Environment.ProcessId) is { } stat ? stat.Threads : ThreadPool.ThreadCount;
}
