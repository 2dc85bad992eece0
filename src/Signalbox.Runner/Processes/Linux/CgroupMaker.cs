namespace Signalbox.Runner.Processes.Linux;

/// <summary>Makes a command's cgroup below the runner's own, with as many controllers as the system lets it have, and takes all of it away again.</summary>
/// <remarks>
/// Controllers can be handed down only by a cgroup without processes of its own (but for the first of all), so where the runner is alone in its cgroup
/// it moves into a leaf beside the command's, and back at the end. Where others are in it too, the command's cgroup has no controllers. Nothing is tried there:
/// those of threads (<c>pids</c>, <c>cpu</c>) would be handed down, but from then on none of the cgroups below could have a process.
/// Source: https://www.kernel.org/doc/html/latest/admin-guide/cgroup-v2.html#no-internal-process-constraint
/// </remarks>
internal sealed class CgroupMaker
{
    private const string Processes = "cgroup.procs";

    private static readonly string[] Wanted = ["memory", "pids", "cpu"];

    private readonly string _leaf;
    private readonly List<string> _enabled = [];
    private bool _moved;

    private CgroupMaker(string own, string runId)
    {
        Own = own;
        _leaf = Path.Combine(own, "cicd-runner-" + runId + ".self");
        Child = new ChildCgroup(Path.Combine(own, "cicd-runner-" + runId));
    }

    public ChildCgroup Child { get; private set; }

    /// <summary>Folder of the cgroup around the command's.</summary>
    public string Own { get; }

    /// <summary>Names of the controllers that it hands down since the command's was made.</summary>
    public IReadOnlyList<string> HandedDown => _enabled;

    /// <summary>Where this process is now, and returns to when it has been in the command's cgroup.</summary>
    public string Home => _moved ? _leaf : Own;

    /// <returns>Null where no cgroup can be made.</returns>
    public static CgroupMaker? TryMake(string runId)
    {
        return OperatingSystem.IsLinux() && Place() is { } own ? TryMake(runId, own, Wanted) : null;
    }

    /// <param name="own">Folder of the cgroup that this process is in.</param>
    /// <param name="wanted">Names of controllers.</param>
    internal static CgroupMaker? TryMake(string runId, string own, IReadOnlyList<string> wanted)
    {
        var maker = new CgroupMaker(own, runId);
        try
        {
            Directory.CreateDirectory(maker.Child.Folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        maker.HandDown(wanted);

        // The controllers are those that it has now.
        maker.Child = new ChildCgroup(maker.Child.Folder);
        if (maker.Child.MayHoldProcesses && ChildCgroup.MayWrite(own, Processes))
        {
            return maker;
        }

        maker.Remove();
        return null;
    }

    /// <summary>Takes away what was made.</summary>
    /// <returns>False when the command's cgroup is still in use.</returns>
    public bool Remove()
    {
        var removed = Child.Remove();
        if (removed && !HasNeighbours())
        {
            foreach (var controller in _enabled)
            {
                ChildCgroup.Write(Own, "cgroup.subtree_control", "-" + controller);
            }

            _enabled.Clear();
            MoveBack();
        }

        return removed;
    }

    /// <summary>Whether somebody else's cgroup counts on the controllers by now.</summary>
    private bool HasNeighbours()
    {
        try
        {
            return Directory.EnumerateDirectories(Own).Any(folder => folder != _leaf);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static string? Place()
    {
        try
        {
            return CgroupPlace.Find(File.ReadAllText("/proc/self/mountinfo"), File.ReadAllText("/proc/self/cgroup"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void HandDown(IReadOnlyList<string> wanted)
    {
        var own = new ChildCgroup(Own);
        var missing = wanted.Where(controller => !Child.Has(controller) && own.Has(controller)).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        if (own.IsFirst)
        {
            Enable(missing);
        }
        else if (own.HoldsOnly(Environment.ProcessId) && MoveAway())
        {
            if (own.IsEmpty)
            {
                Enable(missing);
            }

            if (_enabled.Count == 0)
            {
                MoveBack();
            }
        }
    }

    private void Enable(List<string> controllers)
    {
        foreach (var controller in controllers)
        {
            if (ChildCgroup.Write(Own, "cgroup.subtree_control", "+" + controller))
            {
                _enabled.Add(controller);
            }
        }
    }

    private bool MoveAway()
    {
        try
        {
            Directory.CreateDirectory(_leaf);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        _moved = ChildCgroup.Write(_leaf, Processes, "0");
        if (!_moved)
        {
            new ChildCgroup(_leaf).Remove();
        }

        return _moved;
    }

    private void MoveBack()
    {
        if (_moved && ChildCgroup.Write(Own, Processes, "0"))
        {
            _moved = false;
            new ChildCgroup(_leaf).Remove();
        }
    }
}
