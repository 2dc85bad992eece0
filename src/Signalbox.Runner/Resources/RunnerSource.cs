using System.Diagnostics;

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

    /// <summary>All of the process.</summary>
    private static long Threads()
    {
        if (OperatingSystem.IsLinux() && Processes.Linux.ProcFiles.ReadStat(Environment.ProcessId) is { } stat)
        {
            return stat.Threads;
        }

        using var own = Process.GetCurrentProcess();
        return own.Threads.Count;
    }
}
