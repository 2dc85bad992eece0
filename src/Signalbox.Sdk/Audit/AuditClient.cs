namespace Signalbox.Sdk.Audit;

/// <summary>Sends what happens in an application to Signalbox's audit log, in the background.</summary>
/// <remarks>
/// Recording never waits and never throws. Secrets are erased before an event is queued. Events are sent in batches, again and again until the server took them; their ids make that
/// harmless. What is queued is lost with the process unless <see cref="AuditClientOptions.SpoolFolder"/> is set, and then only what the last <see cref="AuditClientOptions.FlushInterval"/>
/// brought. Thread-safe; make one for the life of the application, and dispose of it.
/// </remarks>
/// <example><code>
/// await using var audit = new AuditClient(new AuditClientOptions { Server = new Uri("http://127.0.0.1:7070"), Token = token });
/// audit.Record(new AuditEntry { Action = "order.refund", Resource = new("order", "4711") });
/// </code></example>
public sealed class AuditClient : IAsyncDisposable
{
    private readonly AuditClientOptions _options;
    private readonly AuditQueue _queue;
    private readonly AuditSpool? _spool;
    private readonly AuditSender _sender;
    private readonly AuditReport _report;
    private readonly AuditDelivery _delivery;
    private readonly AuditWake _wake;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Task _loop;
    private bool _disposed;

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="IOException">The spool's folder cannot be written to, or another client uses it.</exception>
    public AuditClient(AuditClientOptions options)
        : this(options, runs: true)
    {
    }

    /// <param name="runs">Whether the client sends by itself; otherwise only when it is flushed.</param>
    internal AuditClient(AuditClientOptions options, bool runs)
    {
        options.Check();
        _options = options;
        _queue = new AuditQueue(options);
        _spool = options.SpoolFolder is null ? null : new AuditSpool(options.SpoolFolder, options.MaxSpoolBytes, options.Clock);
        _sender = new AuditSender(options);
        _report = new AuditReport(options.OnFailure);
        _delivery = new AuditDelivery(_queue, _spool, _sender, options, _report);
        _wake = new AuditWake(options.Clock);

        // What the creator's context holds, such as its current activity, is no business of the sender.
        using (ExecutionContext.SuppressFlow())
        {
            _loop = runs ? Task.Run(RunAsync) : Task.CompletedTask;
        }
    }

    /// <summary>Events that are in the log.</summary>
    public long Sent => _report.SentCount;

    /// <summary>Events that did not reach the log and are not tried any more.</summary>
    public long Failed => _report.FailedCount;

    /// <summary>Events in memory.</summary>
    public int Queued => _queue.Count;

    /// <summary>Why the last request has to be sent again; null since one worked.</summary>
    public string? LastError => _report.LastError;

    /// <summary>Takes an event. Never waits and never throws; an event that cannot be kept is counted and told to <see cref="AuditClientOptions.OnFailure"/>.</summary>
    /// <returns>The event's id in the log, whether it was kept or not.</returns>
    public string Record(AuditEntry entry)
    {
        PreparedEntry prepared;
        try
        {
            prepared = PreparedEntry.Of(entry, _options);
        }
        catch (Exception exception)
        {
            var id = Guid.CreateVersion7(_options.Clock.GetUtcNow()).ToString();
            _report.Failed(new AuditFailure(id, AuditFailureReason.Unwritable, default, exception.Message));
            return id;
        }

        if (prepared.Json.Length > _options.MaxEventBytes)
        {
            _report.Failed(prepared with { Json = [] }, AuditFailureReason.Unwritable, FormattableString.Invariant($"The event has {prepared.Json.Length} bytes, at most {_options.MaxEventBytes} are taken."));
        }
        else if (_queue.TryAdd(prepared) is { } reason)
        {
            _report.Failed(prepared, reason, reason == AuditFailureReason.Closed ? "The client is disposed of." : "The queue is full.");
        }
        else
        {
            _wake.Added(_queue.Count >= _options.BatchSize);
        }

        return prepared.Id;
    }

    /// <summary>Sends what was recorded so far without waiting for more, and returns once the server has it or refused it.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first; what is left goes on being sent.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (await TurnAsync(cancellationToken) is not { } delay)
            {
                return;
            }

            await Task.Delay(delay, _options.Clock, cancellationToken);
        }
    }

    /// <summary>Sends what is queued for at most <see cref="AuditClientOptions.DrainTimeout"/>; what is left then stays in the spool, or is counted as failed where there is none.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        _queue.Close();
        using (var drain = new CancellationTokenSource(_options.DrainTimeout, _options.Clock))
        {
            try
            {
                await FlushAsync(drain.Token);
            }
            catch (OperationCanceledException)
            {
                // Its time is over; what is left is dealt with below.
            }
        }

        await _stop.CancelAsync();
        await _loop;
        _delivery.Spool();
        ReportLeft();
        _spool?.Dispose();
        _sender.Dispose();
        _turn.Dispose();
        _stop.Dispose();
    }

    private void ReportLeft()
    {
        for (var left = _queue.Peek(long.MaxValue); left.Count > 0; left = _queue.Peek(long.MaxValue))
        {
            foreach (var entry in left)
            {
                _report.Failed(entry, AuditFailureReason.Closed, _report.LastError ?? "The client was disposed of before the event was sent.");
            }

            _queue.Remove(left.Count);
        }
    }

    private async Task RunAsync()
    {
        TimeSpan? delay = _spool is null ? null : TimeSpan.Zero;
        try
        {
            while (true)
            {
                await (delay is { } pause ? _wake.PauseAsync(pause, _stop.Token) : _wake.WaitAsync(_options.FlushInterval, _stop.Token));
                delay = await TurnAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The client is being disposed of.
        }
    }

    /// <summary>One at a time sends: the client itself, or who flushes it.</summary>
    private async Task<TimeSpan?> TurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await _delivery.RunOnceAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _report.Error(exception);
            return _options.MaxBackoff;
        }
        finally
        {
            _turn.Release();
        }
    }
}
