namespace Signalbox.Testing.Clock;

/// <summary>A clock that moves only when a test moves it; timers fire in the order of their due times while it moves.</summary>
/// <remarks>
/// The timestamp frequency is seven times the usual one, so that code which mixes timestamps up with ticks fails at once.
/// Timer callbacks run on the thread that calls <see cref="Advance"/>. Thread-safe.
/// </remarks>
public sealed class FakeClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _now;
    private TimeSpan _elapsed;
    private long _order;

    public FakeClock(DateTimeOffset? start = null)
    {
        Start = start ?? new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
        _now = Start;
    }

    public DateTimeOffset Start { get; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond * 7;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Timers that are set and have not fired or been disposed; lets a test wait until code under test sleeps.</summary>
    public int PendingTimers
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count(static timer => timer.Due is not null);
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _elapsed.Ticks * 7;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves time forward and fires what becomes due on the way, each timer at its own instant.</summary>
    public void Advance(TimeSpan step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, TimeSpan.Zero);
        TimeSpan end;
        lock (_gate)
        {
            end = _elapsed + step;
        }

        while (NextDue(end) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            MoveTo(end);
        }
    }

    /// <summary>Lets time pass without firing anything, as for a process that was stopped: what became due fires with the next <see cref="Advance"/>.</summary>
    public void Pause(TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, TimeSpan.Zero);
        lock (_gate)
        {
            MoveTo(_elapsed + length);
        }
    }

    /// <summary>Sets the wall clock without firing anything, as an administrator or NTP does; timestamps and timers do not notice.</summary>
    public void StepTo(DateTimeOffset now)
    {
        lock (_gate)
        {
            _now = now;
        }
    }

    private FakeTimer? NextDue(TimeSpan end)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= end).OrderBy(static timer => timer.Due).ThenBy(static timer => timer.Order).FirstOrDefault();
            if (next is not null)
            {
                MoveTo(next.Due!.Value);
                next.Rearm();
            }

            return next;
        }
    }

    private void MoveTo(TimeSpan elapsed)
    {
        if (elapsed > _elapsed)
        {
            _now += elapsed - _elapsed;
            _elapsed = elapsed;
        }
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public TimeSpan? Due { get; private set; }

        public long Order { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                _period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._elapsed + dueTime;
                Order = clock._order++;
                clock._timers.Remove(this);
                if (Due is not null)
                {
                    clock._timers.Add(this);
                }
            }

            return true;
        }

        public void Rearm()
        {
            var again = _period != Timeout.InfiniteTimeSpan && _period > TimeSpan.Zero;
            Due = again ? Due + _period : null;
            Order = clock._order++;
            if (!again)
            {
                clock._timers.Remove(this);
            }
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock._gate)
            {
                Due = null;
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
