using System.Globalization;
using System.Text;
using Signalbox.Runner.Processes.Linux;
using Signalbox.Sdk.Processes;

namespace Signalbox.Runner.Processes.Unix;

/// <summary>A tiny process that ends a command's tree when the runner is gone without having done so, even when it was killed outright.</summary>
/// <remarks>
/// It waits for the end of a pipe whose other end only the runner holds. It has a session of its own, an empty environment and none of the caller's descriptors.
/// At an orderly end it is killed, so it cannot do anything.
/// </remarks>
internal sealed class Guard : IDisposable
{
    private readonly GuardPipe _pipe;
    private readonly int _process;
    private bool _disposed;

    private Guard(GuardPipe pipe, int process)
    {
        _pipe = pipe;
        _process = process;
    }

    /// <summary>Starts one; call it before the command is started, so that there is no moment without.</summary>
    /// <returns>Null where there is no shell to run it.</returns>
    public static Guard? TryStart(string mark, CgroupMaker? cgroup)
    {
        if (!File.Exists(GuardScript.Shell))
        {
            return null;
        }

        // Neither end is inherited: the command must not hold the one, and the guard gets the other by name.
        var pipe = new GuardPipe();
        using var plan = new SpawnPlan();
        plan.LeadSession();
        plan.Duplicate(pipe.ReadEnd, 0);
        plan.Open(1, "/dev/null", SpawnPlan.ReadWrite);
        plan.Open(2, "/dev/null", SpawnPlan.ReadWrite);
        plan.CloseOthers();
        plan.ChangeFolder("/");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin" };
        var (process, error) = plan.Start(GuardScript.Shell, ["sh", "-c", GuardScript.Text, "cicd-runner-guard", mark, .. GuardScript.PlacesOf(cgroup)], environment);
        pipe.CloseReadEnd();
        if (error != 0)
        {
            pipe.Dispose();
            return null;
        }

        OwnChildren.Add(process);
        return new Guard(pipe, process);
    }

    /// <summary>Tells it the command's process group.</summary>
    /// <returns>False when it is no longer there to be told.</returns>
    public bool Watch(int group)
    {
        try
        {
            _pipe.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{group}\n")));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Sends it away without its having done anything.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        UnixSignals.SendToProcess(_process, UnixSignals.Kill);
        UnixWait.Reap(_process, wait: true);
        OwnChildren.Remove(_process);
        _pipe.Dispose();
    }
}
