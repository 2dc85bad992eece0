namespace Signalbox.Runner.Resources;

/// <summary>This process.</summary>
internal sealed class RunnerSource : IRunnerSource
{
    public long ReadBytes() => Environment.WorkingSet;

    public RunnerUsage Read()
    {
        var heap = GC.GetGCMemoryInfo(GCKind.Any);
        var used = GC.GetTotalMemory(forceFullCollection: false);
        return new RunnerUsage(
            Environment.WorkingSet,
            used,
            Math.Max(heap.TotalCommittedBytes, used),
            GC.CollectionCount(0),
            ThreadPool.ThreadCount + ThreadPool.PendingWorkItemCount + OwnThreads(),
            Environment.CpuUsage.TotalTime);
    }

    public void Collect() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    /// <summary>Threads beside the pool's, where the system tells them all.</summary>
    private static long OwnThreads() =>
        OperatingSystem.IsLinux() && Processes.Linux.ProcFiles.ReadStat(Environment.ProcessId) is { } stat ? Math.Max(0, stat.Threads - ThreadPool.ThreadCount) : 0;
}
