using Signalbox.Sdk.Processes;

namespace Signalbox.Runner.Processes.Linux;

/// <summary>Counts the kernel's kills for want of memory from a run's start on, as near to the run as the system tells them.</summary>
internal sealed class OomCount
{
    private readonly ChildCgroup? _cgroup;
    private readonly string? _around;
    private readonly long? _aroundBefore;
    private readonly long? _machineBefore;

    public OomCount(ChildCgroup? cgroup)
    {
        if (cgroup is { HasMemory: true })
        {
            _cgroup = cgroup;
        }
        else if (OperatingSystem.IsLinux())
        {
            _around = OwnCounters().FirstOrDefault(static file => Read(file) is not null);
            _aroundBefore = _around is null ? null : Read(_around);
            _machineBefore = ProcFiles.ReadOomKills();
        }
    }

    /// <summary>Kills in the command's cgroup, or else in the one that the runner is in; null where neither tells.</summary>
    public long? Kills => _cgroup is not null ? _cgroup.ReadOomKills() : _around is not null ? Read(_around) - _aroundBefore : null;

    /// <param name="killed">Whether the command ended by SIGKILL, or with the code by which a shell tells of one.</param>
    public KernelOom Judge(bool killed) =>
        !killed ? KernelOom.No
        : Kills is { } kills ? (kills > 0 ? KernelOom.Yes : KernelOom.No)
        : ProcFiles.ReadOomKills() - _machineBefore > 0 ? KernelOom.Perhaps
        : KernelOom.No;

    /// <summary>Where the runner's own cgroup counts, by version 2 or by version 1; in a container its files stand at the root of what is mounted.</summary>
    private static IEnumerable<string> OwnCounters()
    {
        const string root = "/sys/fs/cgroup/memory";
        var membership = KernelFile.Read("/proc/self/cgroup", static text => System.Text.Encoding.UTF8.GetString(text)) ?? string.Empty;
        var mounts = KernelFile.Read("/proc/self/mountinfo", static text => System.Text.Encoding.UTF8.GetString(text)) ?? string.Empty;
        if (CgroupPlace.Find(mounts, membership) is { } folder)
        {
            yield return Path.Combine(folder, "memory.events");
        }

        const string kind = ":memory:";
        if (membership.Split('\n').FirstOrDefault(static line => line.Contains(kind, StringComparison.Ordinal)) is { } line)
        {
            yield return root + line[(line.IndexOf(kind, StringComparison.Ordinal) + kind.Length)..].TrimEnd('/') + "/memory.oom_control";
            yield return root + "/memory.oom_control";
        }
    }

    private static long? Read(string file) => KernelFile.Read(file, static text => ProcFiles.FindNumber(text, "oom_kill "u8));
}
