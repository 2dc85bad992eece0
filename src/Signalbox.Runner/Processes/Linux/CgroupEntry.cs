using Microsoft.Win32.SafeHandles;
using Signalbox.Runner.Processes.Unix;

namespace Signalbox.Runner.Processes.Linux;

/// <summary>Starts a process inside a cgroup, so that nothing of it ever runs outside.</summary>
/// <remarks>
/// Where library and kernel can, the process is made in it. Else this process goes into it for the moment of the start, as a new process is where its parent
/// is, and comes back. Source: https://man7.org/linux/man-pages/man2/clone.2.html (<c>CLONE_INTO_CGROUP</c>)
/// </remarks>
internal sealed class CgroupEntry(CgroupMaker? cgroup)
{
    private const int ReadOnlyCloseOnExec = 0x80000;

    /// <summary>Whether the process that was started is in the cgroup; the system may refuse it for reasons that only it knows.</summary>
    public bool IsInside { get; private set; }

    public (int Process, int Error) Start(SpawnPlan plan, string file, ChildSpec spec)
    {
        if (cgroup is null)
        {
            return plan.Start(file, spec.Command, spec.Environment);
        }

        using (var folder = new SafeFileHandle(TerminalCalls.Open(cgroup.Child.Folder, ReadOnlyCloseOnExec), ownsHandle: true))
        {
            if (!folder.IsInvalid && plan.TryEnter((int)folder.DangerousGetHandle()))
            {
                var result = plan.Start(file, spec.Command, spec.Environment);
                if (result.Error == 0)
                {
                    IsInside = true;
                    return result;
                }

                // The kernel, or a filter in front of it, may not have it; what is wrong with the program shows again below.
                plan.DoNotEnter();
            }
        }

        IsInside = ChildCgroup.Write(cgroup.Child.Folder, "cgroup.procs", "0");
        try
        {
            return plan.Start(file, spec.Command, spec.Environment);
        }
        finally
        {
            if (IsInside)
            {
                ChildCgroup.Write(cgroup.Home, "cgroup.procs", "0");
            }
        }
    }
}
