using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Leases;

namespace Signalbox.Server.Runs.Keeping;

/// <summary>Deletes runs that are older than they are kept, and what deleted runs have left behind; one instance of the cluster at a time does it.</summary>
internal sealed class RunRetention(RunRemoval removal, ContentCleaner cleaner, ILeaseProvider leases, RunsRules rules, TimeProvider clock, ILogger<RunRetention> logger) : BackgroundService
{
    private const int RunsAtOnce = 50;

    private static readonly LeaseName Name = LeaseName.Of("runs:retention");

    /// <summary>One round.</summary>
    /// <returns>How many runs were deleted; null when another instance is at it.</returns>
    public async Task<long?> RunOnceAsync(CancellationToken cancellationToken)
    {
        using var scope = AuditScope.Background("runs.retention");
        await using var lease = await leases.TryAcquireAsync(Name, LeaseTime.Default, cancellationToken);
        if (lease is null)
        {
            return null;
        }

        var runs = 0L;
        int deleted;
        do
        {
            lease.ThrowIfLost();
            deleted = await removal.DeleteOldAsync(rules.Options.Retention, RunsAtOnce, cancellationToken);
            runs += deleted;
        }
        while (deleted == RunsAtOnce);
        while (await cleaner.StepAsync(cancellationToken))
        {
            lease.ThrowIfLost();
        }

        if (runs > 0)
        {
            rules.Metrics.Deleted(runs, "age");
            logger.RunsDeleted(runs);
        }

        return runs;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(rules.Options.Interval, clock);
        try
        {
            do
            {
                await TryRunAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task TryRunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunOnceAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever went wrong, the next round tries again; nothing of this kind may end the server.
            rules.Metrics.RetentionFailed();
            logger.RetentionFailed(exception);
        }
    }
}
