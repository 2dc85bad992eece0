using System.Globalization;
using System.Runtime.InteropServices;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Processes;

/// <summary>Passes the signals that the runner gets on to the command's group, each of them, a second one too.</summary>
/// <remarks>The runner itself goes on and ends with the command. What comes before the command is there waits for it, so that none is lost in between.</remarks>
internal sealed class SignalForwarding : IDisposable
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Lock _gate = new();
    private readonly List<(int Number, string? Name)> _early = [];
    private readonly TimeProvider _clock;
    private readonly Action<RunnerEvent> _tell;
    private IChild? _child;

    /// <param name="tell">Is told of each signal but those of windows and of stopping.</param>
    public SignalForwarding(TimeProvider clock, Action<RunnerEvent> tell)
    {
        _clock = clock;
        _tell = tell;
        Register(PosixSignal.SIGINT, SignalNumbers.Interrupt, "SIGINT");
        Register(PosixSignal.SIGTERM, SignalNumbers.Terminate, "SIGTERM");
        Register(PosixSignal.SIGHUP, SignalNumbers.Hangup, "SIGHUP");
        Register(PosixSignal.SIGQUIT, SignalNumbers.Quit, "SIGQUIT");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Register((PosixSignal)SignalNumbers.User1, SignalNumbers.User1, "SIGUSR1");
        Register((PosixSignal)SignalNumbers.User2, SignalNumbers.User2, "SIGUSR2");
        Register((PosixSignal)SignalNumbers.Alarm, SignalNumbers.Alarm, "SIGALRM");
        Register(PosixSignal.SIGCONT, SignalNumbers.Continue, null);
        Register(PosixSignal.SIGTSTP, SignalNumbers.TerminalStop, null);
        Register(PosixSignal.SIGWINCH, SignalNumbers.WindowChange, null);
    }

    /// <summary>Done when one of those has come that ask a program to end, also when the command has ended already.</summary>
    public Task Asked => _asked.Task;

    /// <summary>From here on signals go to <paramref name="child"/>, those first that have come already.</summary>
    public void Attach(IChild child)
    {
        lock (_gate)
        {
            _child = child;
            _early.ForEach(signal => Pass(child, signal.Number, signal.Name));
            _early.Clear();
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }

    /// <param name="name">Null for one that is not worth telling.</param>
    private void Register(PosixSignal signal, int number, string? name) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        if (signal is PosixSignal.SIGINT or PosixSignal.SIGTERM or PosixSignal.SIGHUP or PosixSignal.SIGQUIT)
        {
            _asked.TrySetResult();
        }

        lock (_gate)
        {
            if (_child is { } child)
            {
                Pass(child, number, name);
            }
            else if (name is not null)
            {
                _early.Add((number, name));
            }
        }
    }));

    private void Pass(IChild child, int number, string? name)
    {
        if (child.Signal(number) && name is not null)
        {
            _tell(new RunnerEvent
            {
                At = _clock.GetUtcNow(),
                Kind = RunnerEventKind.SignalPassedOn,
                Text = $"{name} came and was passed on to the command.",
                Values = new Dictionary<string, string>(StringComparer.Ordinal) { ["signal"] = name, ["number"] = number.ToString(CultureInfo.InvariantCulture) },
            });
        }
    }
}
