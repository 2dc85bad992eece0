using System.IO.Pipes;
using System.Runtime.InteropServices;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Processes.Linux;

namespace Signalbox.Runner.Processes.Unix;

/// <summary>Starts a command on Linux or macOS.</summary>
internal sealed class UnixLauncher(TimeProvider clock, Action<RunnerEventKind, string, (string Name, string Value)[]> tell)
{
    private const int AdoptOrphans = 36;

    /// <param name="file">Absolute.</param>
    /// <returns>The child, or what the system says against it.</returns>
    public (IChild? Child, string? Problem, int Error) Start(string file, ChildSpec spec)
    {
        if (OperatingSystem.IsLinux())
        {
            // Whoever leaves the tree comes to the runner and not to the system's first process, and is found there.
            _ = UnixCalls.ControlProcess(AdoptOrphans, 1, 0, 0, 0);
        }

        // A thread of its own: it carries the limit of cores over to the command, and waits for its end.
        var started = new TaskCompletionSource<(IChild?, string?, int)>();
        var thread = new Thread(() => Run(file, spec, started)) { IsBackground = true, Name = "command" };
        thread.Start();
        return started.Task.GetAwaiter().GetResult();
    }

    private void Run(string file, ChildSpec spec, TaskCompletionSource<(IChild? Child, string? Problem, int Error)> started)
    {
        try
        {
            var (child, error) = Spawn(file, spec);
            started.SetResult((child, error == 0 ? null : Marshal.GetPInvokeErrorMessage(error), error));
            child?.Follow();
        }
        catch (Exception exception)
        {
            started.TrySetException(exception);
        }
    }

    private (UnixChild? Child, int Error) Spawn(string file, ChildSpec spec)
    {
        var cgroup = spec.UsesCgroup ? CgroupMaker.TryMake(spec.RunId) : null;
        LimitCores(spec.MaxCores, cgroup);
        var guard = Guard.TryStart(spec.RunId, cgroup);
        if (guard is null)
        {
            Warn("no_guard", "Nothing can watch the runner here, so what it runs may outlive a runner that is killed outright: there is no /bin/sh.");
        }

        using var plan = new SpawnPlan();
        var terminal = spec.HasTerminal ? null : JobTerminal.TryOpen();
        var own = spec.HasTerminal ? PseudoTerminal.Open() : null;
        using var pipe = spec.CapturesOutput && own is null ? new OutputPipe() : null;
        Describe(plan, spec, terminal, own, pipe);
        var oom = new OomCount(cgroup?.Child);
        var entry = new CgroupEntry(cgroup);
        var (process, error) = Start();
        if (cgroup is not null && error == 0 && !entry.IsInside)
        {
            // An empty cgroup would say that the command uses nothing; without one its processes are looked for.
            cgroup.Remove();
            (cgroup, oom) = (null, new OomCount(null));
            Warn(
                "no_cgroup", "The system did not let the command be in the cgroup that was made for it, so its processes are found and measured one by one, and its cores are not limited.");
        }

        var surroundings = new UnixSurroundings
        {
            Guard = guard,
            Cgroup = cgroup,
            Terminal = terminal,
            Own = own,
            Output = pipe?.Take() ?? (spec.CapturesOutput ? own?.OpenOutput() : null),
            Oom = oom,
        };
        if (error != 0)
        {
            surroundings.Output?.Dispose();
            surroundings.Dispose();
            return (null, error);
        }

        OwnChildren.Add(process);
        guard?.Watch(process);
        terminal?.Begin(process);
        own?.Begin(passesOutput: !spec.CapturesOutput);
        return (new UnixChild(process, spec.RunId, surroundings, tell, clock), 0);

        (int Process, int Error) Start()
        {
            using var preference = OperatingSystem.IsLinux() ? OomPreference.TryRaise() : null;
            return entry.Start(plan, file, spec);
        }
    }

    private static void Describe(SpawnPlan plan, ChildSpec spec, JobTerminal? terminal, PseudoTerminal? own, OutputPipe? pipe)
    {
        if (own is not null)
        {
            // The first terminal that the leader of a session opens becomes the session's.
            plan.LeadSession();
            plan.Open(0, own.Slave, SpawnPlan.ReadWrite);
            plan.Duplicate(0, 1);
            plan.Duplicate(0, 2);
        }
        else
        {
            plan.LeadGroup();
        }

        terminal?.Prepare(plan);
        if (pipe is not null)
        {
            plan.Duplicate(pipe.WriteEnd, 1);
        }

        if (spec.Folder != Environment.CurrentDirectory)
        {
            plan.ChangeFolder(spec.Folder);
        }
    }

    private void LimitCores(double cores, CgroupMaker? cgroup)
    {
        if (cores > 0 && cgroup?.Child.LimitCores(cores) != true && (!OperatingSystem.IsLinux() || !CoreLimit.Apply(cores)))
        {
            Warn("no_cpu_limit", "The number of cores cannot be limited on this system, so the command may use all of them.");
        }
    }

    private void Warn(string code, string text) => tell(RunnerEventKind.Warning, text, [("code", code)]);

    /// <summary>A pipe whose ends no other child inherits; disposing it closes the end that the command has got.</summary>
    private sealed class OutputPipe : IDisposable
    {
        private readonly AnonymousPipeServerStream _stream = new(PipeDirection.In, HandleInheritability.None);

        public int WriteEnd => (int)_stream.ClientSafePipeHandle.DangerousGetHandle();

        public AnonymousPipeServerStream Take() => _stream;

        public void Dispose() => _stream.DisposeLocalCopyOfClientHandle();
    }
}
