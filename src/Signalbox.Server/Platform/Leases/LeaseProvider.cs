using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Signalbox.Server.Platform.Leases;

/// <summary>Gives out the leases of one store within the bounds, and gives back what is still held when the process ends.</summary>
internal sealed class LeaseProvider : ILeaseProvider, IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly LeaseCalls _calls;
    private readonly LeaseOptions _options;
    private readonly ConcurrentDictionary<Lease, byte> _held = [];
    private int _taken;
    private int _waiting;

    public LeaseProvider(LeaseCalls calls, LeaseOptions options)
    {
        _calls = calls;
        _options = options;
        calls.Metrics.Observe(calls.Kind, () => Volatile.Read(ref _taken), () => Volatile.Read(ref _waiting));
    }

    private TimeProvider Clock => _calls.Clock;

    /// <summary>Called once, before the first lease is asked for.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => _calls.StartAsync(cancellationToken);

    public async Task<ILease?> TryAcquireAsync(LeaseName name, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name.ToString(), nameof(name));
        LeaseTime.Check(timeToLive);
        if (Interlocked.Increment(ref _taken) > _options.Held)
        {
            Interlocked.Decrement(ref _taken);
            _calls.Metrics.Refused(_calls.Kind, LeaseMetrics.Limit);
            throw new LeaseUnavailableException($"This process holds {_options.Held} leases, as many as locks.held allows.");
        }

        Lease? lease = null;
        try
        {
            lease = await TakeAsync(new LeaseClaim(name, Guid.CreateVersion7(Clock.GetUtcNow()), timeToLive), cancellationToken);
            return lease;
        }
        finally
        {
            if (lease is null)
            {
                Interlocked.Decrement(ref _taken);
            }
        }
    }

    public async Task<ILease?> AcquireAsync(LeaseName name, TimeSpan timeToLive, TimeSpan limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        if (Interlocked.Increment(ref _waiting) > _options.Waiting)
        {
            Interlocked.Decrement(ref _waiting);
            _calls.Metrics.Refused(_calls.Kind, LeaseMetrics.Limit);
            throw new LeaseUnavailableException($"{_options.Waiting} callers of this process wait for leases, as many as locks.waiting allows.");
        }

        try
        {
            return await WaitAsync(name, timeToLive, limit, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_held.Keys.Select(static lease => lease.DisposeAsync().AsTask()));

    private async Task<Lease?> TakeAsync(LeaseClaim claim, CancellationToken cancellationToken)
    {
        var before = Clock.GetTimestamp();
        if (await _calls.TakeAsync(claim, cancellationToken) is not { } token)
        {
            _calls.Metrics.Refused(_calls.Kind, LeaseMetrics.Held);
            return null;
        }

        _calls.Metrics.Acquired(_calls.Kind, Clock.GetElapsedTime(before));
        var lease = new Lease(claim, token, before, _calls, Forget);
        _held[lease] = 0;
        if (lease.Remaining == TimeSpan.Zero)
        {
            // It ended before it was listed.
            _held.TryRemove(lease, out _);
        }

        return lease;
    }

    private async Task<ILease?> WaitAsync(LeaseName name, TimeSpan timeToLive, TimeSpan limit, CancellationToken cancellationToken)
    {
        var start = Clock.GetTimestamp();
        var pause = FirstPause;
        while (true)
        {
            LeaseUnavailableException? unavailable = null;
            try
            {
                if (await TryAcquireAsync(name, timeToLive, cancellationToken) is { } lease)
                {
                    return lease;
                }
            }
            catch (LeaseUnavailableException exception)
            {
                unavailable = exception;
            }

            var left = limit - Clock.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                return unavailable is null ? null : throw new LeaseUnavailableException(unavailable.Message, unavailable);
            }

            // Between half of the pause and the whole of it, so that those who began to wait together do not ask together.
            var spread = pause * (0.5 + (RandomNumberGenerator.GetInt32(1001) / 2000.0));
            await Task.Delay(spread < left ? spread : left, Clock, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private void Forget(Lease lease)
    {
        _held.TryRemove(lease, out _);
        Interlocked.Decrement(ref _taken);
    }
}
