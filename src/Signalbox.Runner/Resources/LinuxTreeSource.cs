using Signalbox.Runner.Processes.Linux;

namespace Signalbox.Runner.Resources;

/// <summary>Measures a tree by its cgroup or by what <c>/proc</c> tells of its processes.</summary>
/// <param name="measure">One of <see cref="ResourcesOptions.Measure"/>; what cannot be had gives way to the next.</param>
internal sealed class LinuxTreeSource(ProcessTree tree, ChildCgroup? cgroup, string measure) : ITreeSource
{
    private readonly bool _byCgroup = cgroup is { HasMemory: true } && (measure is ResourcesOptions.Auto or ResourcesOptions.Cgroup);
    private readonly bool _byPss = measure != ResourcesOptions.Rss;

    public long ReadUpperBound() => _byCgroup && tree.IsInCgroup && cgroup!.ReadMemory() is { } bytes ? bytes : Resident(tree.Read());

    public TreeUsage Read()
    {
        var processes = tree.Read();
        if (cgroup is not null)
        {
            // Else it was done along the way.
            tree.ReapOrphans();
        }

        var (bytes, used) = Measure(processes);
        var threads = 0;
        var handles = 0;
        var ticks = 0L;
        foreach (var process in processes)
        {
            threads += process.Threads;
            handles += ProcFiles.CountHandles(process.Id);
            ticks += process.OwnTicks + process.ChildTicks;
        }

        var cpu = (tree.IsInCgroup ? cgroup?.ReadCpu() : null) ?? (TimeSpan.FromMilliseconds(ticks * (1000 / ProcStat.TicksPerSecond)) + tree.OrphansCpuTime);
        return new TreeUsage(bytes, used, cpu, processes.Count, threads, handles, cgroup?.ReadOomKills());
    }

    public bool Hold(bool held)
    {
        if (held)
        {
            return cgroup?.HoldProcesses() == true;
        }

        cgroup?.ReleaseProcesses();
        return false;
    }

    private (long Bytes, string Measure) Measure(List<ProcStat> processes)
    {
        if (_byCgroup && tree.IsInCgroup && cgroup!.ReadMemory() is { } all)
        {
            return (all, ResourcesOptions.Cgroup);
        }

        if (!_byPss)
        {
            return (Resident(processes), ResourcesOptions.Rss);
        }

        var sum = 0L;
        var seen = processes.Count == 0;
        foreach (var process in processes)
        {
            // One that runs as another user, or is just going, shows only what is resident.
            var proportional = ProcFiles.ReadProportional(process.Id);
            seen |= proportional is not null;
            sum += proportional ?? Resident(process);
        }

        return (sum, seen ? ResourcesOptions.Pss : ResourcesOptions.Rss);
    }

    private static long Resident(List<ProcStat> processes)
    {
        var sum = 0L;
        foreach (var process in processes)
        {
            sum += Resident(process);
        }

        return sum;
    }

    private static long Resident(ProcStat process) => Math.Max(0, process.ResidentPages) * Environment.SystemPageSize;
}
