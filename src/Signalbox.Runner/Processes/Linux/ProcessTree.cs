using Signalbox.Runner.Processes.Unix;

namespace Signalbox.Runner.Processes.Linux;

/// <summary>Tells which processes belong to a command: those of its cgroup, its group, its descendants, orphans that came to the runner, and whoever carries its mark.</summary>
/// <remarks>Thread-safe. The mark of a process is read once: it cannot come later.</remarks>
internal sealed class ProcessTree
{
    private readonly Lock _gate = new();
    private readonly int _root;
    private readonly string _mark;
    private readonly int _ownGroup = UnixCalls.OwnGroup();
    private readonly ChildCgroup? _cgroup;
    private Dictionary<Known, string?> _marks = [];
    private long _orphansTicks;

    /// <summary>A process under a name that is never used again.</summary>
    private sealed record Known(int Id, long Started);

    /// <param name="root">The command, which leads the group of this number.</param>
    public ProcessTree(int root, string mark, ChildCgroup? cgroup)
    {
        _root = root;
        _mark = mark;
        _cgroup = cgroup;
        IsInCgroup = cgroup is not null;
    }

    /// <summary>Processor time of orphans whose ends this process has taken.</summary>
    public TimeSpan OrphansCpuTime => new(Interlocked.Read(ref _orphansTicks));

    /// <summary>Whether the command was in its cgroup when <see cref="Read"/> last looked, so that the cgroup tells what the tree uses. It may have gone to another by itself.</summary>
    public bool IsInCgroup { get; private set; }

    /// <summary>Live processes of the tree, by the cheapest way that finds those that go the usual ways.</summary>
    public List<ProcStat> Read()
    {
        if (_cgroup is null)
        {
            return ReadAll();
        }

        var found = new List<ProcStat>();
        foreach (var process in _cgroup.ReadProcesses())
        {
            if (process != Environment.ProcessId && ProcFiles.ReadStat(process) is { HasEnded: false } stat)
            {
                found.Add(stat);
            }
        }

        IsInCgroup = found.Exists(process => process.Id == _root) || ProcFiles.ReadStat(_root) is not { HasEnded: false };
        return IsInCgroup ? found : ReadAll();
    }

    /// <summary>Live processes of the tree, by all ways.</summary>
    public List<ProcStat> ReadAll()
    {
        var inside = _cgroup?.ReadProcesses().ToHashSet() ?? [];
        var all = ProcFiles.ReadAll();
        Reap(all);
        lock (_gate)
        {
            var marks = new Dictionary<Known, string?>();
            var tree = new HashSet<int>();
            foreach (var process in all)
            {
                if (process.Id == _root || process.Group == _root || inside.Contains(process.Id))
                {
                    tree.Add(process.Id);
                }
                else if (!process.HasEnded && !process.IsKernel && process.Id != Environment.ProcessId && IsMarked(process, marks))
                {
                    tree.Add(process.Id);
                }
            }

            _marks = marks;

            // The runner is in the command's cgroup for a moment, while it starts it; what it started otherwise is not the command's.
            tree.Remove(Environment.ProcessId);
            AddDescendants(all, tree);
            return all.FindAll(process => !process.HasEnded && tree.Contains(process.Id));
        }
    }

    /// <summary>Takes the ends of orphans that have come to this process.</summary>
    public void ReapOrphans() => Reap(ProcFiles.ReadAll());

    private void Reap(List<ProcStat> all)
    {
        foreach (var process in all)
        {
            if (process.HasEnded && IsOrphan(process) && UnixWait.Reap(process.Id, wait: false) is { } end)
            {
                Interlocked.Add(ref _orphansTicks, end.CpuTime.Ticks);
            }
        }
    }

    /// <summary>Children of this process that it did not start: they are of another group than those that .NET starts.</summary>
    private bool IsOrphan(ProcStat process) =>
        process.Parent == Environment.ProcessId && process.Group != _ownGroup && !OwnChildren.Contains(process.Id);

    private bool IsMarked(ProcStat process, Dictionary<Known, string?> marks)
    {
        var key = new Known(process.Id, process.Started);
        var isEmpty = false;
        if (!_marks.TryGetValue(key, out var mark))
        {
            mark = ProcFiles.ReadVariable(process.Id, RunMark.Variable, out isEmpty);
        }

        // One that shows nothing may be just beginning its program, and show the mark next time.
        if (!isEmpty)
        {
            marks[key] = mark;
        }

        return mark == _mark || (mark is null && IsOrphan(process));
    }

    private static void AddDescendants(List<ProcStat> all, HashSet<int> tree)
    {
        bool more;
        do
        {
            more = false;
            foreach (var process in all)
            {
                more |= tree.Contains(process.Parent) && tree.Add(process.Id);
            }
        }
        while (more);
    }
}
