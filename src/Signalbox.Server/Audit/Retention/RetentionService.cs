using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Retention;

/// <summary>Goes through all logs every hour and deletes the payloads that are too old.</summary>
internal sealed class RetentionService(AuditDatabase database, RetentionDesk desk, Pruner pruner, RetentionMetrics metrics, RetentionClock clock, ILogger<RetentionService> logger) : BackgroundService
{
    /// <summary>Looks once; a log that fails does not keep the others.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        using var scope = AuditScope.Background("audit.retention");
        foreach (var log in await database.ReadAsync(LogRows.ListAsync, cancellationToken))
        {
            try
            {
                var setting = await desk.GetAsync(log.Tenant, cancellationToken);
                var deleted = await pruner.RunAsync(log.Tenant, setting, cancellationToken);
                if (deleted > 0)
                {
                    metrics.Pruned(deleted);
                    logger.Pruned(deleted, log.Tenant, setting.Policy);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                metrics.Failed();
                logger.PruneFailed(exception, log.Tenant);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(clock.Interval, clock.Time);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is ControlUnavailableException or ControlBusyException or System.Data.Common.DbException)
            {
                metrics.Failed();
                logger.RetentionFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}

/// <summary>When to look.</summary>
internal sealed record RetentionClock(TimeProvider Time, TimeSpan Interval);
