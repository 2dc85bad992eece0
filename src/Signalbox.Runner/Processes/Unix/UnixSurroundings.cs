using Signalbox.Runner.Processes.Linux;

namespace Signalbox.Runner.Processes.Unix;

/// <summary>What belongs to a command beside its processes; disposing it gives back all but the output, which is read to its end.</summary>
internal sealed class UnixSurroundings : IDisposable
{
    public required Guard? Guard { get; init; }

    public required CgroupMaker? Cgroup { get; init; }

    /// <summary>The terminal that the runner was started on.</summary>
    public JobTerminal? Terminal { get; init; }

    /// <summary>The terminal that was made for the command.</summary>
    public PseudoTerminal? Own { get; init; }

    public Stream? Output { get; init; }

    public required OomCount Oom { get; init; }

    public void Dispose()
    {
        Own?.Finish();
        Terminal?.Dispose();
        Guard?.Dispose();

        // Last, as the guard may be in a cgroup that is taken away now.
        Cgroup?.Remove();
    }
}
