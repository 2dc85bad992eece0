using Signalbox.Runner.Facts;
using Signalbox.Runner.Processes.Linux;
using Signalbox.Sdk.Processes;

namespace Signalbox.Runner.Processes.Unix;

/// <summary>A command on Linux or macOS: leader of a process group, where possible alone in a cgroup, watched by a guard.</summary>
internal sealed class UnixChild : IChild
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource<ChildExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly UnixSurroundings _surroundings;
    private readonly ProcessTree _tree;
    private readonly OomCount _oom;
    private readonly Action<RunnerEventKind, string, (string Name, string Value)[]> _tell;
    private readonly TimeProvider _clock;
    private readonly ManualResetEventSlim _hurry = new();
    private volatile bool _isAsked;

    public UnixChild(int id, string mark, UnixSurroundings surroundings, Action<RunnerEventKind, string, (string Name, string Value)[]> tell, TimeProvider clock)
    {
        Id = id;
        _surroundings = surroundings;
        _tell = tell;
        _clock = clock;
        _tree = new ProcessTree(id, mark, surroundings.Cgroup?.Child);
        _oom = surroundings.Oom;
    }

    public int Id { get; }

    public Stream? Output => _surroundings.Output;

    public ChildCgroup? Cgroup => _surroundings.Cgroup?.Child;

    public Task<ChildExit> Exited => _exited.Task;

    public ProcessTree Tree => _tree;

    public IReadOnlyList<int> ReadProcesses() =>
        Exited.IsCompleted ? [] : OperatingSystem.IsLinux() ? [.. _tree.ReadAll().Select(static process => process.Id)] : MacProcesses.OfGroup(Id);

    public bool Signal(int signal)
    {
        if (signal == SignalNumbers.WindowChange && _surroundings.Own is { } own)
        {
            // Its own terminal tells whoever is in the foreground there.
            own.FitWindow();
            return true;
        }

        return !Exited.IsCompleted && UnixSignals.SendToGroup(Id, signal);
    }

    public void Terminate()
    {
        if (Exited.IsCompleted)
        {
            return;
        }

        _isAsked = true;
        foreach (var process in ReadProcesses())
        {
            // What is known of elsewhere than on Linux is the group's.
            if (OperatingSystem.IsLinux() && Stragglers.GroupOf(process) != Id)
            {
                UnixSignals.SendToProcess(process, UnixSignals.Terminate);
                UnixSignals.SendToProcess(process, SignalNumbers.Continue);
            }
        }

        UnixSignals.SendToGroup(Id, UnixSignals.Terminate);
        UnixSignals.SendToGroup(Id, SignalNumbers.Continue);
    }

    public async Task KillAsync()
    {
        _hurry.Set();
        if (!Exited.IsCompleted)
        {
            // Its end sets off that of all others. It may have gone to another group.
            UnixSignals.SendToGroup(Id, UnixSignals.Kill);
            UnixSignals.SendToProcess(Id, UnixSignals.Kill);
        }

        await Exited;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (Output is { } output)
        {
            await output.DisposeAsync();
        }
    }

    /// <summary>Waits for its end on the calling thread and ends what it leaves.</summary>
    public void Follow()
    {
        try
        {
            UnixWait.UntilEnded(Id, signal => _surroundings.Terminal?.OnStop(signal));
            _surroundings.Terminal?.TakeBack();
            WaitForOthers();
            var stragglers = EndTree();
            LeftBehind.Tell(stragglers, _tell);

            // Only now may its number, and its group's, become somebody else's.
            var end = UnixWait.Reap(Id, wait: true);
            OwnChildren.Remove(Id);
            var exit = Describe(end, stragglers);
            _surroundings.Dispose();
            _exited.SetResult(exit);
        }
        catch (Exception exception)
        {
            _exited.TrySetException(exception);
        }
    }

    /// <summary>A tree that was asked to end has the time that it was given, also when the command itself, often a shell, goes at once and leaves those behind who have something to put in order.</summary>
    private void WaitForOthers()
    {
        while (_isAsked && HasOthers() && !_hurry.Wait(Look))
        {
            // Looks again.
        }
    }

    private bool HasOthers() =>
        OperatingSystem.IsLinux() ? _tree.ReadAll().Exists(process => process.Id != Id) : MacProcesses.OfGroup(Id).Any(process => process != Id);

    private int EndTree()
    {
        if (OperatingSystem.IsLinux())
        {
            return TreeEnd.Complete(_tree, Id, Cgroup, _clock);
        }

        var left = MacProcesses.OfGroup(Id).Count(process => process != Id);
        UnixSignals.SendToGroup(Id, UnixSignals.Kill);
        return left;
    }

    private ChildExit Describe(WaitResult? end, int stragglers)
    {
        if (end is not { } found)
        {
            // Somebody told the system to throw the ends of children away, before this process could say otherwise.
            throw new InvalidOperationException($"The end of process {Id} was taken by somebody else, so its exit code is not known.");
        }

        return new ChildExit
        {
            Code = found.Code,
            Signal = found.Signal,
            CpuTime = found.CpuTime,
            Stragglers = stragglers,
            KernelOom = _oom.Judge(found.Code == 128 + UnixSignals.Kill),
            OomKills = _oom.Kills,
        };
    }
}
