using Signalbox.Server.Platform.Leases;

namespace Signalbox.Server.Audit.Anchors;

/// <summary>Goes its rounds to the anchors while this instance is the one of the cluster that does, and waits to take over otherwise.</summary>
internal sealed class AnchorService(AnchorRounds rounds, ILeaseProvider leases, AnchorOptions options, TimeProvider clock, ILogger<AnchorService> logger) : BackgroundService
{
    private static readonly LeaseName Name = LeaseName.Of("audit:anchors");

    private bool _isAlone;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Targets.Count == 0)
        {
            return;
        }

        ILease? lease = null;
        using var timer = new PeriodicTimer(options.Interval < AnchorRounds.FirstWait ? options.Interval : AnchorRounds.FirstWait, clock);
        try
        {
            do
            {
                lease = await RunOnceAsync(lease, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            // Given back, so that another instance goes on at once.
            await (lease?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    /// <returns>The lease as it is afterwards.</returns>
    private async Task<ILease?> RunOnceAsync(ILease? lease, CancellationToken stoppingToken)
    {
        try
        {
            lease = await KeepAsync(lease, stoppingToken);
            if (lease is null && !_isAlone)
            {
                rounds.Rest();
                return null;
            }

            // A lease that is lost on the way ends nothing: the place that gets a checkpoint twice is none the worse for it.
            await rounds.RunOnceAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.AnchoringFailed(exception);
        }

        return lease;
    }

    /// <summary>Without an answer about the lease this instance does the work: a checkpoint that comes twice is better than one that never does.</summary>
    private async Task<ILease?> KeepAsync(ILease? lease, CancellationToken cancellationToken)
    {
        if (lease is not null && !lease.Lost.IsCancellationRequested)
        {
            return lease;
        }

        try
        {
            await (lease?.DisposeAsync() ?? ValueTask.CompletedTask);
            lease = await leases.TryAcquireAsync(Name, LeaseTime.Default, cancellationToken);
            _isAlone = false;
            return lease;
        }
        catch (LeaseUnavailableException exception)
        {
            if (!_isAlone)
            {
                _isAlone = true;
                logger.AnchoringAlone(exception.Message);
            }

            return null;
        }
    }
}
