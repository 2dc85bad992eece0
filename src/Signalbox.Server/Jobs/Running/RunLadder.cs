namespace Signalbox.Server.Jobs.Running;

/// <summary>The steps by which one run is ended: it is asked, it has its grace, it is killed.</summary>
/// <remarks>
/// The first reason to end counts, except that a lost lease overrides all others and leaves no grace. The token sources are never disposed of: a handler
/// that goes on after its end still holds their tokens. Thread-safe.
/// </remarks>
internal sealed class RunLadder : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _grace;
    private readonly TimeSpan _shutdownGrace;
    private readonly CancellationTokenSource _ask = new();
    private readonly CancellationTokenSource _kill = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly ITimer _timeout;
    private readonly CancellationTokenRegistration[] _registrations;
    private ITimer? _graceTimer;
    private RunEnd? _reason;
    private bool _over;

    /// <param name="shutdownGrace">Used instead of the request's grace, when it is shorter, because the server stops.</param>
    public RunLadder(RunRequest request, RunStop stop, TimeSpan shutdownGrace, TimeProvider clock)
    {
        _clock = clock;
        _grace = request.Grace;
        _shutdownGrace = shutdownGrace < request.Grace ? shutdownGrace : request.Grace;
        _timeout = clock.CreateTimer(static state => ((RunLadder)state!).Begin(RunEnd.TimedOut), this, request.Timeout, Timeout.InfiniteTimeSpan);
        _registrations =
        [
            stop.Lost.Register(static state => ((RunLadder)state!).Begin(RunEnd.Lost), this),
            stop.Requested.Register(() => Begin(ReasonOf(stop))),
        ];
    }

    /// <summary>Why the run is to end; null while nobody wants it to.</summary>
    public RunEnd? Reason
    {
        get
        {
            lock (_gate)
            {
                return _reason;
            }
        }
    }

    /// <summary>Cancelled at the first step.</summary>
    public CancellationToken AskToken => _ask.Token;

    /// <summary>Cancelled at the last step.</summary>
    public CancellationToken KillToken => _kill.Token;

    /// <summary>Cancelled when the lease was lost.</summary>
    public CancellationToken LostToken => _lost.Token;

    /// <summary>Done at the first step.</summary>
    public Task Asked => _asked.Task;

    /// <summary>Done at the last step.</summary>
    public Task Killed => _killed.Task;

    /// <summary>Ends the ladder: from here on neither time nor a request does anything.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _over = true;
            _graceTimer?.Dispose();
        }

        _timeout.Dispose();
        foreach (var registration in _registrations)
        {
            registration.Unregister();
        }
    }

    private static RunEnd ReasonOf(RunStop stop) => stop.Reason switch
    {
        StopReason.Lost => RunEnd.Lost,
        StopReason.Shutdown => RunEnd.Interrupted,
        _ => RunEnd.Cancelled,
    };

    private void Begin(RunEnd reason)
    {
        lock (_gate)
        {
            if (_over || _reason == RunEnd.Lost || (_reason is not null && reason != RunEnd.Lost))
            {
                return;
            }

            _reason = reason;
            var grace = reason switch
            {
                RunEnd.Lost => TimeSpan.Zero,
                RunEnd.Interrupted => _shutdownGrace,
                _ => _grace,
            };
            if (grace > TimeSpan.Zero)
            {
                _graceTimer = _clock.CreateTimer(static state => ((RunLadder)state!).Kill(), this, grace, Timeout.InfiniteTimeSpan);
            }
            else
            {
                _graceTimer?.Dispose();
                _killed.TrySetResult();
            }
        }

        _asked.TrySetResult();
        if (reason == RunEnd.Lost)
        {
            Cancel(_lost);
        }

        Cancel(_ask);
        if (_killed.Task.IsCompleted)
        {
            Cancel(_kill);
        }
    }

    private void Kill()
    {
        lock (_gate)
        {
            if (_over)
            {
                return;
            }
        }

        _killed.TrySetResult();
        Cancel(_kill);
    }

    /// <summary>What a handler registered with a token runs elsewhere, and fails there: whoever asked for the end must not wait for it or suffer from it.</summary>
    private static void Cancel(CancellationTokenSource source) =>
        _ = source.CancelAsync().ContinueWith(static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
