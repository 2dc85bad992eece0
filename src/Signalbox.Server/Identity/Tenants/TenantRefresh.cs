using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Identity.Tenants;

/// <summary>Reads the tenants again every two seconds where other instances may create some.</summary>
internal sealed class TenantRefresh(TenantDirectory tenants, ControlDatabase database, TimeProvider clock, ILogger<TenantRefresh> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await tenants.LoadAsync(database, cancellationToken);
        }
        catch (Exception exception) when (exception is ControlUnavailableException or ControlBusyException)
        {
            // The control database's own watch reports that once, and not every two seconds.
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.TenantsNotRead(exception);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!database.IsShared)
        {
            return;
        }

        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RunOnceAsync(stoppingToken);
        }
    }
}
