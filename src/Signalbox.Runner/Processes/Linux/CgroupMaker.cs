namespace Signalbox.Runner.Processes.Linux;

/// <summary>Makes a command's cgroup below the runner's own, with as many controllers as the system lets it have, and takes all of it away again.</summary>
/// <remarks>
/// Controllers can be handed down only by a cgroup without processes of its own (but for the first of all), so where the runner is alone in its cgroup
/// it moves into a leaf beside the command's, and back at the end. Where others are in it too, the command's cgroup has no controllers.
/// Source: https://www.kernel.org/doc/html/latest/admin-guide/cgroup-v2.html#no-internal-process-constraint
/// </remarks>
internal sealed class CgroupMaker
{
    private static readonly string[] Wanted = ["memory", "pids", "cpu"];

    private readonly string _own;
    private readonly string _leaf;
    private readonly List<string> _enabled = [];
    private bool _moved;

    private CgroupMaker(string own, string runId)
    {
        _own = own;
        _leaf = Path.Combine(own, "cicd-runner-" + runId + ".self");
        Child = new ChildCgroup(Path.Combine(own, "cicd-runner-" + runId));
    }

    public ChildCgroup Child { get; private set; }

    /// <summary>Where this process is now, and returns to when it has been in the command's cgroup.</summary>
    public string Home => _moved ? _leaf : _own;

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
        return maker;
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
                ChildCgroup.Write(_own, "cgroup.subtree_control", "-" + controller);
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
            return Directory.EnumerateDirectories(_own).Any(folder => folder != _leaf);
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
        var own = new ChildCgroup(_own);
        var missing = wanted.Where(controller => !new ChildCgroup(Child.Folder).Has(controller) && own.Has(controller)).ToList();
        if (missing.Count == 0 || Enable(missing))
        {
            return;
        }

        if (own.ReadDirectProcesses() is [var only] && only == Environment.ProcessId && MoveAway())
        {
            Enable(missing);
            if (_enabled.Count == 0)
            {
                MoveBack();
            }
        }
    }

    private bool Enable(List<string> controllers)
    {
        foreach (var controller in controllers)
        {
            if (!_enabled.Contains(controller) && ChildCgroup.Write(_own, "cgroup.subtree_control", "+" + controller))
            {
                _enabled.Add(controller);
            }
        }

        return _enabled.Count == controllers.Count;
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

        _moved = ChildCgroup.Write(_leaf, "cgroup.procs", "0");
        return _moved;
    }

    private void MoveBack()
    {
        if (_moved && ChildCgroup.Write(_own, "cgroup.procs", "0"))
        {
            _moved = false;
            new ChildCgroup(_leaf).Remove();
        }
    }
}
