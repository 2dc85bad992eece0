using Signalbox.Telemetry.Metrics.Storage.Days;
using Signalbox.Telemetry.Metrics.Storage.Head;
using Signalbox.Telemetry.Metrics.Storage.Log;
using Signalbox.Telemetry.Metrics.Storage.Maintenance;
using Signalbox.Telemetry.Metrics.Storage.Writing;

namespace Signalbox.Telemetry.Metrics.Storage;

/// <summary>The parts of an open store, put together and taken apart in the right order.</summary>
internal sealed class StoreParts : IAsyncDisposable
{
    private readonly FolderLock _lock;
    private readonly MaintenanceLoop _maintenanceLoop;
    private readonly MaintenanceLoop _syncLoop;

    private StoreParts(FolderLock folderLock, StoreCore core, StoreMaintenance maintenance, MaintenanceLoop maintenanceLoop, MaintenanceLoop syncLoop)
    {
        _lock = folderLock;
        Core = core;
        Maintenance = maintenance;
        _maintenanceLoop = maintenanceLoop;
        _syncLoop = syncLoop;
    }

    public StoreCore Core { get; }

    public StoreMaintenance Maintenance { get; }

    public required MetricStoreRecovery Recovery { get; init; }

    public static StoreParts Open(EmbeddedMetricStoreOptions options, StoreEnvironment environment, MetricStoreMetrics metrics, CancellationToken cancellationToken)
    {
        var folderLock = FolderLock.Take(options.Folder);
        try
        {
            var quarantine = new Quarantine(Path.Combine(options.Folder, "quarantine"), environment, metrics);
            var heads = new HeadSet();
            var files = new StoreFiles(
                new LogFolder(Path.Combine(options.Folder, "log")),
                DaySet.Open(options.Folder, options.MaxCachedDaySeries, quarantine),
                Catalogue.Open(options.Folder, heads, quarantine));
            var recovery = new Recovery(options, environment, metrics, heads, files).Run(quarantine, cancellationToken);
            var logWriter = new LogWriter(files.Log, options.LogSegmentBytes);
            var core = new StoreCore(heads, files, logWriter, new StoreWriter(options, environment, metrics, heads, logWriter));
            var maintenance = new StoreMaintenance(options, environment, metrics, core);
            var syncInterval = options.LogSync == LogSyncPolicy.Interval ? options.LogSyncInterval : Timeout.InfiniteTimeSpan;
            return new StoreParts(
                folderLock,
                core,
                maintenance,
                new MaintenanceLoop(options.MaintenanceInterval, environment, metrics, maintenance.RunOnceAsync),
                new MaintenanceLoop(syncInterval, environment, metrics, core.Writer.SyncAsync))
            {
                Recovery = recovery,
            };
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _maintenanceLoop.DisposeAsync().ConfigureAwait(false);
        await _syncLoop.DisposeAsync().ConfigureAwait(false);
        await Core.Writer.DisposeAsync().ConfigureAwait(false);
        Maintenance.Dispose();
        Core.Files.Days.Dispose();
        Core.Files.Catalogue.Dispose();
        _lock.Dispose();
    }
}
