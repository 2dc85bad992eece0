namespace Signalbox.Server.Platform.Leases;

/// <summary>A lease that renews itself every third of its time to live, and knows by the monotonic clock when it can no longer be relied on.</summary>
internal sealed class Lease : ILease
{
    private readonly LeaseClaim _claim;
    private readonly LeaseCalls _calls;
    private readonly Action<Lease> _ended;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly ITimer _alarm;
    private readonly Task _renewing;
    private State _state;
    private bool _refused;
    private long _deadline;

    /// <param name="before">Timestamp from before the lease was asked for.</param>
    /// <param name="ended">Called once, when the lease is lost or released.</param>
    public Lease(LeaseClaim claim, long token, long before, LeaseCalls calls, Action<Lease> ended)
    {
        _claim = claim;
        _calls = calls;
        _ended = ended;
        Token = token;
        _deadline = DeadlineFrom(before);
        _alarm = calls.Clock.CreateTimer(static lease => ((Lease)lease!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Ring();
        _renewing = RenewAsync();
    }

    private enum State
    {
        Held,
        Lost,
        Released,
    }

    public LeaseName Name => _claim.Name;

    public long Token { get; }

    public CancellationToken Lost
    {
        get
        {
            Watch();
            return _lost.Token;
        }
    }

    public TimeSpan Remaining
    {
        get
        {
            Watch();
            lock (_gate)
            {
                return _state == State.Held ? Left() : TimeSpan.Zero;
            }
        }
    }

    public DateTimeOffset Deadline => _calls.Clock.GetUtcNow() + Remaining;

    public void ThrowIfLost()
    {
        if (Remaining == TimeSpan.Zero)
        {
            throw new LeaseLostException(Name, Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        bool wasHeld;
        lock (_gate)
        {
            if (_state == State.Released)
            {
                return;
            }

            wasHeld = _state == State.Held;
            _state = State.Released;
        }

        Stop();
        if (wasHeld)
        {
            _ended(this);
        }

        await _renewing;
        if (!_refused)
        {
            await _calls.ReleaseAsync(_claim);
        }
    }

    /// <summary>Looks at the deadline, and again when that has come; a renewal has put it off by then.</summary>
    private void Ring()
    {
        var left = Remaining;
        if (left > TimeSpan.Zero)
        {
            // Timers count whole milliseconds; one that fired just before the deadline would have to be set again.
            _alarm.Change(left + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Declares the lease lost when its deadline has passed.</summary>
    private void Watch()
    {
        lock (_gate)
        {
            if (_state != State.Held || Left() > TimeSpan.Zero)
            {
                return;
            }
        }

        Lose(LeaseMetrics.Deadline);
    }

    private async Task RenewAsync()
    {
        var pause = _claim.TimeToLive / 3;
        try
        {
            while (true)
            {
                await Task.Delay(pause, _calls.Clock, _stop.Token);
                pause = await RenewOnceAsync() ? _claim.TimeToLive / 3 : _claim.TimeToLive / 10;
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Lost or released: there is nothing more to renew.
        }
    }

    /// <returns>Whether the store answered.</returns>
    private async Task<bool> RenewOnceAsync()
    {
        var before = _calls.Clock.GetTimestamp();
        var left = Remaining;
        _stop.Token.ThrowIfCancellationRequested();
        bool renewed;
        try
        {
            renewed = await _calls.RenewAsync(_claim, Token, left, _stop.Token);
        }
        catch (Exception exception) when (!_stop.IsCancellationRequested)
        {
            _calls.Log.NotRenewed(Name, Remaining, exception);
            return false;
        }

        // What took longer than the lease had left does not bring it back: its owner may have seen it lost already.
        Watch();
        if (!renewed)
        {
            _refused = true;
            Lose(LeaseMetrics.NotHolder);
            return true;
        }

        lock (_gate)
        {
            _deadline = _state == State.Held ? DeadlineFrom(before) : _deadline;
        }

        return true;
    }

    private void Lose(string reason)
    {
        lock (_gate)
        {
            if (_state != State.Held)
            {
                return;
            }

            _state = State.Lost;
        }

        // The token says so as soon as this returns; what hangs on it runs elsewhere, and its failures belong to its own log.
        _ = _lost.CancelAsync().ContinueWith(
            (told, _) => _calls.Log.LostCallbackFailed(Name, told.Exception!.GetBaseException()),
            null,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
        _calls.Metrics.Lost(_calls.Kind, reason);
        _calls.Log.Lost(Name, Token, reason);
        _ended(this);
        Stop();
    }

    private void Stop()
    {
        _alarm.Dispose();
        _stop.Cancel();
    }

    private TimeSpan Left()
    {
        var now = _calls.Clock.GetTimestamp();
        return now < _deadline ? _calls.Clock.GetElapsedTime(now, _deadline) : TimeSpan.Zero;
    }

    private long DeadlineFrom(long before)
    {
        var sure = _claim.TimeToLive - LeaseTime.Margin(_claim.TimeToLive);
        return before + (long)(sure.TotalSeconds * _calls.Clock.TimestampFrequency);
    }
}
