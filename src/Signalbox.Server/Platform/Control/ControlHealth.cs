namespace Signalbox.Server.Platform.Control;

/// <summary>Asks a shared control database every two seconds whether it is there; while it is not, the server is not ready.</summary>
internal sealed class ControlHealth(ControlDatabase database, Readiness readiness, TimeProvider clock, ILogger<ControlHealth> logger) : BackgroundService
{
    private const string Part = "the control database cannot be reached";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private volatile bool _reachable = true;

    public ControlEngine Engine => database.Dialect.Engine;

    public bool IsShared => database.IsShared;

    /// <summary>Whether the last question was answered; a file always is.</summary>
    public bool Reachable => _reachable;

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await database.ReadAsync(static session => session.ValueAsync<long>("SELECT 1"), cancellationToken);
            if (!_reachable)
            {
                _reachable = true;
                logger.ControlReachable();
            }

            readiness.Done(Part);
        }
        catch (ControlBusyException)
        {
            // All connections are in use, so the database is there.
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            readiness.Wait(Part);
            if (_reachable)
            {
                _reachable = false;
                logger.ControlUnreachable(exception);
            }
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
