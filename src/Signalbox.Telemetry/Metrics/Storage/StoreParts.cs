using Signalbox.Telemetry.Metrics.Storage.Head;
using Signalbox.Telemetry.Metrics.Storage.Log;
using Signalbox.Telemetry.Metrics.Storage.Writing;

namespace Signalbox.Telemetry.Metrics.Storage;

/// <summary>The parts of an open store, put together and taken apart in the right order.</summary>
internal sealed class StoreParts : IAsyncDisposable
{
    private readonly FolderLock _lock;

    private StoreParts(FolderLock folderLock, HeadSet heads, LogFolder log, StoreWriter writer, MetricStoreRecovery recovery)
    {
        _lock = folderLock;
        Heads = heads;
        Log = log;
        Writer = writer;
        Recovery = recovery;
    }

    public HeadSet Heads { get; }

    public LogFolder Log { get; }

    public StoreWriter Writer { get; }

    public MetricStoreRecovery Recovery { get; }

    public static StoreParts Open(EmbeddedMetricStoreOptions options, StoreEnvironment environment, MetricStoreMetrics metrics, CancellationToken cancellationToken)
    {
        var folderLock = FolderLock.Take(options.Folder);
        try
        {
            var started = environment.TimeProvider.GetTimestamp();
            var quarantine = new Quarantine(Path.Combine(options.Folder, "quarantine"), environment, metrics);
            var heads = new HeadSet();
            var log = new LogFolder(Path.Combine(options.Folder, "log"));
            var replay = new LogReplay(log, quarantine, environment);
            var receiver = new HeadReplay(heads, static _ => false);
            replay.Run(receiver, static _ => { }, cancellationToken);
            foreach (var tenant in heads.Tenants)
            {
                tenant.RemoveEmpty();
            }

            var elapsed = environment.TimeProvider.GetElapsedTime(started).TotalSeconds;
            metrics.ReplayDuration.Record(elapsed);
            MetricStoreLog.Replayed(environment.Logger, receiver.Samples, heads.SeriesCount, elapsed);
            var recovery = new MetricStoreRecovery(receiver.Samples, receiver.Skipped, replay.TornBytes, quarantine.Sentences);
            var writer = new StoreWriter(options, environment, metrics, heads, new LogWriter(log, options.LogSegmentBytes));
            return new StoreParts(folderLock, heads, log, writer, recovery);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync().ConfigureAwait(false);
        _lock.Dispose();
    }
}
