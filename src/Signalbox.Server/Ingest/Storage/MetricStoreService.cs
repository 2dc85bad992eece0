using System.Data.Common;
using Signalbox.Server.Platform;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Ingest.Storage;

/// <summary>Opens the metric store when the server starts and closes it last when the server stops.</summary>
/// <remarks>
/// A store that is open within the grace opens before the sockets do, and one that cannot be opened keeps the server from starting. A long log is read
/// on with the sockets open: the server is then alive, says that it is not ready, and refuses samples until it is.
/// </remarks>
internal sealed class MetricStoreService(
    DeferredMetricStore store, IMetricStoreFactory factory, Readiness readiness, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<MetricStoreService> logger) : IHostedService, IDisposable
{
    public const string Part = "metric store";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _stopping = new();
    private Task _opening = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        readiness.Wait(Part);
        _opening = OpenAsync(_stopping.Token);
        try
        {
            await _opening.WaitAsync(Grace, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            IngestLog.ReplayGoesOn(logger);
            _ = StopTheServerWhenItFailsAsync();
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await store.DisposeAsync();
    }

    public void Dispose() => _stopping.Dispose();

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            store.Open(await factory.OpenAsync(cancellationToken));
            readiness.Done(Part);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or DbException)
        {
            throw new StartupException($"The metric store cannot be opened: {exception.Message}", exception);
        }
    }

    private async Task StopTheServerWhenItFailsAsync()
    {
        try
        {
            await _opening;
        }
        catch (OperationCanceledException)
        {
            // The server is being stopped already.
        }
        catch (Exception exception)
        {
            // Nobody waits for this task, so whatever it was has to be told here.
            IngestLog.StoreCannotBeOpened(logger, exception);
            lifetime.StopApplication();
        }
    }
}

/// <summary>Opens a metric store: the embedded one, or another in tests.</summary>
internal interface IMetricStoreFactory
{
    /// <exception cref="IOException">The store's files cannot be opened.</exception>
    Task<IMetricStore> OpenAsync(CancellationToken cancellationToken);
}
