namespace Signalbox.Server.Jobs.Running;

/// <summary>Why a run is asked to end before it is done.</summary>
internal enum StopReason
{
    /// <summary>A person, or another run that replaces this one.</summary>
    Cancelled,

    /// <summary>The server stops.</summary>
    Shutdown,

    /// <summary>The lease passed to somebody else, or may have: end at once, without grace.</summary>
    Lost,
}

/// <summary>Asks one run to end; <see cref="StopReason.Lost"/> overrides an earlier reason. Thread-safe.</summary>
/// <remarks>
/// Whoever asks does not know whether the run has just ended, so a request after the end does nothing. The token sources are never disposed of: they hold
/// neither timers nor handles, and somebody may be in the middle of a request.
/// </remarks>
internal sealed class RunStop : IDisposable
{
    private readonly CancellationTokenSource _requested = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Lock _gate = new();
    private StopReason? _reason;
    private bool _over;

    /// <summary>Cancelled by the first request, whatever its reason.</summary>
    public CancellationToken Requested => _requested.Token;

    /// <summary>Cancelled when the lease was lost.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Null while nobody asked.</summary>
    public StopReason? Reason
    {
        get
        {
            lock (_gate)
            {
                return _reason;
            }
        }
    }

    public void Request(StopReason reason)
    {
        lock (_gate)
        {
            if (_over)
            {
                return;
            }

            if (_reason is null || reason == StopReason.Lost)
            {
                _reason = reason;
            }
        }

        if (reason == StopReason.Lost)
        {
            _lost.Cancel();
        }

        _requested.Cancel();
    }

    /// <summary>The run is over: requests do nothing from here on.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _over = true;
        }
    }
}
