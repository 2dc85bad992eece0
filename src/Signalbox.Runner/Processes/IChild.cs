using Signalbox.Runner.Processes.Linux;

namespace Signalbox.Runner.Processes;

/// <summary>A running command with all that it starts.</summary>
/// <remarks>Thread-safe. Disposing it ends the tree when it still runs, and gives its files back.</remarks>
internal interface IChild : IAsyncDisposable
{
    /// <summary>Process id of the command, which leads the process group of this number where there are groups.</summary>
    int Id { get; }

    /// <summary>Its standard output when it is captured; the caller reads it to its end. With a terminal of its own, whatever it writes there.</summary>
    Stream? Output { get; }

    /// <summary>Its cgroup; null without one.</summary>
    ChildCgroup? Cgroup { get; }

    /// <summary>Ids of its processes, itself included.</summary>
    IReadOnlyList<int> ReadProcesses();

    /// <summary>Done when the command has ended and nothing of its tree is left.</summary>
    Task<ChildExit> Exited { get; }

    /// <summary>Sends a signal to all of it.</summary>
    /// <returns>False when there is nobody any more, or the system has no such signal.</returns>
    bool Signal(int signal);

    /// <summary>Asks all of it to end, and wakes what is stopped so that it can. What outlives the command then has time until <see cref="KillAsync"/>.</summary>
    void Terminate();

    /// <summary>Ends all of it.</summary>
    /// <returns>Done when it has ended.</returns>
    Task KillAsync();
}
