using Signalbox.Server.Audit.Anchors;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Retention;

/// <summary>Deletes witnesses' cosignatures that are older than the records they speak for may get, so that their table does not grow without end.</summary>
/// <remarks>Those of the newest cosigned checkpoint stay, because that one vouches for everything before it.</remarks>
internal sealed class CosignatureCleaner(AuditDatabase database, ControlDatabase control, RetentionDesk desk, RetentionClock clock, ILogger<CosignatureCleaner> logger) : BackgroundService
{
    /// <summary>Most rows of one transaction, for which the control database's other writers wait.</summary>
    private const int DeleteRows = 1000;

    /// <summary>Goes through all logs once.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var log in await database.ReadAsync(LogRows.ListAsync, cancellationToken))
        {
            var before = (clock.Time.GetUtcNow() - (await desk.GetAsync(log.Tenant, cancellationToken)).Retention).ToUnixTimeMilliseconds();
            while (await control.WriteAsync(session => CosignatureRows.DeleteAsync(session, log.Tenant, before, DeleteRows), cancellationToken) > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
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
                logger.CosignaturesNotDeleted(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
