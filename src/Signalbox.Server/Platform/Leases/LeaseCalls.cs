using System.Runtime.CompilerServices;

namespace Signalbox.Server.Platform.Leases;

/// <summary>Asks a store, each time for no longer than a limit.</summary>
internal sealed class LeaseCalls(ILeaseStore store, LeaseOptions options, LeaseMetrics metrics, ILogger<LeaseProvider> logger, TimeProvider clock)
{
    public TimeProvider Clock => clock;

    public LeaseMetrics Metrics => metrics;

    public ILogger Log => logger;

    public string Kind => store.Kind;

    public Task StartAsync(CancellationToken cancellationToken) => store.StartAsync(cancellationToken);

    /// <exception cref="LeaseUnavailableException">The store failed or did not answer in time; whatever it may have done is undone in the background.</exception>
    public async Task<long?> TakeAsync(LeaseClaim claim, CancellationToken cancellationToken)
    {
        try
        {
            return await LimitAsync(stop => store.TakeAsync(claim, stop), options.Timeout, cancellationToken);
        }
        catch (Exception exception)
        {
            _ = ReleaseAsync(claim);
            if (cancellationToken.IsCancellationRequested)
            {
                throw;
            }

            metrics.Refused(Kind, LeaseMetrics.Unavailable);
            throw new LeaseUnavailableException($"Whether the lease {claim.Name} is free is not known: {exception.Message}", exception);
        }
    }

    /// <param name="limit">How long the lease lasts still; a later answer would be of no use.</param>
    public async Task<bool> RenewAsync(LeaseClaim claim, long token, TimeSpan limit, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        try
        {
            return await LimitAsync(stop => store.RenewAsync(claim, token, stop), limit < options.Timeout ? limit : options.Timeout, cancellationToken);
        }
        finally
        {
            metrics.Renewed(Kind, clock.GetElapsedTime(start));
        }
    }

    /// <summary>Gives a claim back; when that does not work it is logged, and the claim ends by itself with its time to live.</summary>
    public async Task ReleaseAsync(LeaseClaim claim)
    {
        try
        {
            await LimitAsync(
                async stop =>
                {
                    await store.ReleaseAsync(claim, stop);
                    return true;
                },
                options.Timeout,
                CancellationToken.None);
        }
        catch (Exception exception)
        {
            metrics.NotReleased(Kind);
            logger.NotReleased(claim.Name, claim.TimeToLive, exception);
        }
    }

    private async Task<T> LimitAsync<T>(Func<CancellationToken, Task<T>> call, TimeSpan limit, CancellationToken cancellationToken, [CallerMemberName] string what = "")
    {
        using var passed = new CancellationTokenSource(limit, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(passed.Token, cancellationToken);
        try
        {
            // Not every store can be interrupted everywhere, so the wait ends by itself.
            return await call(stop.Token).WaitAsync(stop.Token);
        }
        catch (OperationCanceledException exception) when (passed.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{Kind} did not answer {what} within {limit.TotalSeconds:0.###} s.", exception);
        }
    }
}
