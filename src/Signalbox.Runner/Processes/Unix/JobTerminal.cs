using Microsoft.Win32.SafeHandles;
using Signalbox.Runner.Processes.Linux;
using Signalbox.Sdk.Processes;

namespace Signalbox.Runner.Processes.Unix;

/// <summary>Hands the terminal that the runner was started on to the command's group, and takes it back: what a shell does for its jobs.</summary>
/// <remarks>
/// The command gets the terminal at once when its input is the terminal and nobody else of the runner's own group may want it; else when it first asks for
/// it, by being stopped for want of it. When the command is stopped at the terminal, the runner stops too, so that the shell above sees it.
/// </remarks>
internal sealed class JobTerminal : IDisposable
{
    /// <summary>Read and write, not to become the controlling terminal, closed in children.</summary>
    private static readonly int Flags = OperatingSystem.IsMacOS() ? 0x2 | 0x20000 | 0x1000000 : 0x2 | 0x100 | 0x80000;

    private readonly SafeFileHandle _file;
    private readonly int _ownGroup;
    private int _group;
    private bool _handedOver;

    private JobTerminal(SafeFileHandle file, int ownGroup)
    {
        _file = file;
        _ownGroup = ownGroup;
    }

    private int Descriptor => (int)_file.DangerousGetHandle();

    /// <returns>Null when the runner has no terminal, or is not in its foreground.</returns>
    public static JobTerminal? TryOpen()
    {
        var descriptor = TerminalCalls.Open("/dev/tty", Flags);
        if (descriptor < 0)
        {
            return null;
        }

        var terminal = new JobTerminal(new SafeFileHandle(descriptor, ownsHandle: true), UnixCalls.OwnGroup());
        if (TerminalCalls.ForegroundGroup(descriptor) == terminal._ownGroup)
        {
            // Else the runner would be stopped when it takes the terminal back from behind.
            UnixCalls.SetSignal(SignalNumbers.TerminalOutput, 1);
            return terminal;
        }

        terminal.Dispose();
        return null;
    }

    /// <summary>Whether the command is to have the terminal from the beginning.</summary>
    public bool IsWanted => TerminalCalls.IsTerminal(0) == 1 && Neighbours().Count == 0;

    /// <summary>Lets the system hand the terminal over before the command runs, where it can.</summary>
    public void Prepare(SpawnPlan plan)
    {
        plan.RestoreSignal(SignalNumbers.TerminalOutput);
        if (IsWanted)
        {
            _handedOver = true;
            plan.TryTakeForeground(Descriptor);
        }
    }

    /// <summary>Tells it the command's group.</summary>
    public void Begin(int group)
    {
        _group = group;
        if (_handedOver && TerminalCalls.ForegroundGroup(Descriptor) != group)
        {
            GiveAway();
        }
    }

    /// <summary>The command was stopped by <paramref name="signal"/>.</summary>
    public void OnStop(int signal)
    {
        if (!_handedOver)
        {
            if ((signal == SignalNumbers.TerminalInput || signal == SignalNumbers.TerminalOutput) && TerminalCalls.ForegroundGroup(Descriptor) == _ownGroup)
            {
                _handedOver = true;
                GiveAway();
            }

            return;
        }

        TakeBack();
        foreach (var process in Neighbours())
        {
            UnixSignals.SendToProcess(process, SignalNumbers.Stop);
        }

        // To this very thread, which therefore does not go on before the process is stopped.
        _ = UnixCalls.Raise(SignalNumbers.Stop);

        // Here the shell has continued the runner: in the foreground or in the background, as its user wants.
        if (TerminalCalls.ForegroundGroup(Descriptor) == _ownGroup)
        {
            GiveAway();
        }

        UnixSignals.SendToGroup(_group, SignalNumbers.Continue);
    }

    public void TakeBack()
    {
        if (_handedOver)
        {
            _ = TerminalCalls.SetForegroundGroup(Descriptor, _ownGroup);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Others of the runner's group, such as the rest of a pipeline.</summary>
    private List<int> Neighbours() =>
        OperatingSystem.IsLinux() ? [.. ProcFiles.ReadAll().Where(process => process.Group == _ownGroup && process.Id != Environment.ProcessId).Select(static process => process.Id)] : [];

    private void GiveAway()
    {
        _ = TerminalCalls.SetForegroundGroup(Descriptor, _group);
        UnixSignals.SendToGroup(_group, SignalNumbers.Continue);
    }
}
