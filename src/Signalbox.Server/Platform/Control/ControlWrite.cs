namespace Signalbox.Server.Platform.Control;

/// <summary>One caller's unit of work on its way through the writer.</summary>
internal abstract class ControlWrite(CancellationToken cancellationToken)
{
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Runs the work; its result is kept until <see cref="Acknowledge"/>.</summary>
    public abstract Task RunAsync(ControlSession session);

    /// <summary>Tells the caller that its work is durable.</summary>
    public abstract void Acknowledge();

    public abstract void Fail(Exception exception);

    public abstract void Cancel();
}

/// <summary>A unit of work that gives a <typeparamref name="T"/>.</summary>
internal sealed class ControlWrite<T>(Func<ControlSession, Task<T>> work, CancellationToken cancellationToken) : ControlWrite(cancellationToken)
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private ControlSession? _session;
    private T? _result;

    public Task<T> Done => _done.Task;

    /// <remarks>In the caller's execution context, so that what flows with a request (its trace, its audit scope) is there in the work, too.</remarks>
    public override Task RunAsync(ControlSession session)
    {
        if (_context is null)
        {
            return RunHereAsync(session);
        }

        var running = Task.CompletedTask;
        ExecutionContext.Run(_context, _ => running = RunHereAsync(session), state: null);
        return running;
    }

    public override void Acknowledge()
    {
        try
        {
            _session!.Committed();
            _done.TrySetResult(_result!);
        }
        catch (Exception exception)
        {
            // What the caller asked to happen after the commit failed; only the caller can judge that.
            _done.TrySetException(exception);
        }
    }

    public override void Fail(Exception exception) => _done.TrySetException(exception);

    public override void Cancel() => _done.TrySetCanceled(CancellationToken);

    private async Task RunHereAsync(ControlSession session)
    {
        _session = session;
        _result = await work(session);
        session.ThrowIfFailed();
    }
}
