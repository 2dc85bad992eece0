using Signalbox.Telemetry.Metrics.Storage.Head;
using Signalbox.Telemetry.Metrics.Storage.Log;
using Signalbox.Telemetry.Metrics.Storage.Maintenance;

namespace Signalbox.Telemetry.Metrics.Storage;

/// <summary>Brings the head back from the log when the store is opened.</summary>
/// <remarks>Memory stays within <c>max_head_samples</c>: when the log holds more, what nothing later in the log can precede is moved to day files on the way.</remarks>
internal sealed class Recovery(EmbeddedMetricStoreOptions options, StoreEnvironment environment, MetricStoreMetrics metrics, HeadSet heads, StoreFiles files)
{
    private long _nextRoom = options.MaxHeadSamples;

    public MetricStoreRecovery Run(Quarantine quarantine, CancellationToken cancellationToken)
    {
        var started = environment.TimeProvider.GetTimestamp();
        var givenUp = Math.Max(files.Catalogue.DroppedUntil, environment.Now - (long)options.Retention.TotalMilliseconds);
        var receiver = new HeadReplay(heads, time => time < givenUp || files.Days.HasFlushed(time));
        var replay = new LogReplay(files.Log, quarantine, environment);
        replay.Run(receiver, position => MakeRoom(replay, position, cancellationToken), cancellationToken);
        foreach (var tenant in heads.Tenants)
        {
            tenant.RemoveEmpty();
        }

        heads.RaiseFloor(Math.Max(files.Days.FlushedUntil, files.Catalogue.DroppedUntil));
        var elapsed = environment.TimeProvider.GetElapsedTime(started).TotalSeconds;
        metrics.ReplayDuration.Record(elapsed);
        MetricStoreLog.Replayed(environment.Logger, receiver.Samples, heads.SeriesCount, elapsed);
        return new MetricStoreRecovery(receiver.Samples, receiver.Skipped, replay.TornBytes, [.. quarantine.Sentences]);
    }

    private void MakeRoom(LogReplay replay, LogPosition position, CancellationToken cancellationToken)
    {
        if (heads.Samples <= _nextRoom)
        {
            return;
        }

        var held = heads.Bounds();
        var boundary = Math.Min(replay.OldestFrom(position), held.To - (long)options.OutOfOrderWindow.TotalMilliseconds);
        if (boundary > held.From)
        {
            new HeadFlush(heads, files.Days).Run(boundary, cancellationToken);
            new HeadTrim(heads, boundary).TrimChunks();
        }

        if (heads.Samples > options.MaxHeadSamples)
        {
            MetricStoreLog.ReplayOverLimit(environment.Logger, options.MaxHeadSamples);
        }

        // Looking ahead costs a pass over the rest of the log, so it is not done again at once.
        _nextRoom = Math.Max(options.MaxHeadSamples, heads.Samples + (options.MaxHeadSamples / 10));
    }
}
