namespace Signalbox.Telemetry.Metrics.Storage.Maintenance;

/// <summary>Runs a piece of the store's own work again and again until the store is closed.</summary>
internal sealed class MaintenanceLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly StoreEnvironment _environment;
    private readonly MetricStoreMetrics _metrics;
    private readonly Func<CancellationToken, Task> _work;
    private readonly Task _loop;

    public MaintenanceLoop(TimeSpan interval, StoreEnvironment environment, MetricStoreMetrics metrics, Func<CancellationToken, Task> work)
    {
        _environment = environment;
        _metrics = metrics;
        _work = work;
        _loop = interval == Timeout.InfiniteTimeSpan ? Task.CompletedTask : Task.Run(() => LoopAsync(interval));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task LoopAsync(TimeSpan interval)
    {
        using var timer = new PeriodicTimer(interval, _environment.TimeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                await RunAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The store is closing; what was not moved to disk is in the log.
        }
    }

    private async Task RunAsync()
    {
        try
        {
            await _work(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            // Whatever it was, the next turn may go well; a loop that ended here would leave memory and disk to fill up unseen.
            _metrics.FlushFailures.Add(1);
            MetricStoreLog.MaintenanceFailed(_environment.Logger, exception);
        }
    }
}
