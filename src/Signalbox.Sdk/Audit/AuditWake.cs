namespace Signalbox.Sdk.Audit;

/// <summary>Tells the sender when there is something to do.</summary>
internal sealed class AuditWake(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _some = New();
    private TaskCompletionSource _many = New();

    /// <summary>An event was queued.</summary>
    /// <param name="many">Whether it makes a batch full.</param>
    public void Added(bool many)
    {
        lock (_gate)
        {
            _some.TrySetResult();
            if (many)
            {
                _many.TrySetResult();
            }
        }
    }

    /// <summary>Waits for an event, and then until a batch is full or the interval is over.</summary>
    public async Task WaitAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        await Signal(ref _some).WaitAsync(cancellationToken);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Signal(ref _many), Task.Delay(interval, clock, stopped.Token));
        await stopped.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            (_some, _many) = (New(), New());
        }
    }

    /// <summary>Waits, whatever is queued meanwhile.</summary>
    public Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) => Task.Delay(pause, clock, cancellationToken);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task Signal(ref TaskCompletionSource signal)
    {
        lock (_gate)
        {
            return signal.Task;
        }
    }
}
