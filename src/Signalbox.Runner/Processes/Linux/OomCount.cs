namespace Signalbox.Runner.Processes.Linux;

/// <summary>Counts the kernel's kills for want of memory from a run's start on, as near to the run as the system tells them.</summary>
internal sealed class OomCount
{
    private const string VersionOne = "/sys/fs/cgroup/memory/memory.oom_control";
    private const string VersionTwo = "/sys/fs/cgroup/memory.events";

    private readonly ChildCgroup? _cgroup;
    private readonly long? _container = ReadContainer();
    private readonly long? _machine = ProcFiles.ReadOomKills();

    public OomCount(ChildCgroup? cgroup) => _cgroup = cgroup is { HasMemory: true } ? cgroup : null;

    /// <summary>Kills in the command's cgroup, or else in the container that the runner is in; null where neither tells.</summary>
    public long? Kills => _cgroup is not null ? _cgroup.ReadOomKills() : Since(ReadContainer(), _container);

    /// <param name="killed">Whether the command ended by SIGKILL, or with the code by which a shell tells of one.</param>
    public KernelOom Judge(bool killed) =>
        !killed ? KernelOom.No
        : Kills is { } kills ? (kills > 0 ? KernelOom.Yes : KernelOom.No)
        : Since(ProcFiles.ReadOomKills(), _machine) > 0 ? KernelOom.Perhaps
        : KernelOom.No;

    /// <summary>In a container its own counters are where the whole machine's are elsewhere; on the machine itself there are none there, or those of all.</summary>
    private static long? ReadContainer() => OperatingSystem.IsLinux()
        ? ProcFiles.Read(VersionTwo, static text => ProcFiles.FindNumber(text, "oom_kill "u8)) ?? ProcFiles.Read(VersionOne, static text => ProcFiles.FindNumber(text, "oom_kill "u8))
        : null;

    private static long? Since(long? now, long? before) => now - before;
}
