namespace Signalbox.Telemetry.Metrics.Storage.Maintenance;

/// <summary>Moves samples that have come of age to disk, frees what that makes free, and holds retention and quota.</summary>
internal sealed class StoreMaintenance(EmbeddedMetricStoreOptions options, StoreEnvironment environment, MetricStoreMetrics metrics, StoreCore core) : IDisposable
{
    private const long Hour = 3_600_000;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Retention _retention = new(options, environment, metrics, core.Files);

    private long _complete = core.Files.Days.FlushedUntil;

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            try
            {
                await MoveAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                // Also when nothing could be moved: a full disk gets room again only by what is deleted here.
                core.Writer.Refusal = _retention.Run();
            }

            var dropped = core.Files.Catalogue.DroppedUntil;
            await core.Writer.RunAsync(() => core.Heads.RaiseFloor(dropped), cancellationToken).ConfigureAwait(false);
            core.Files.Days.TrimIndexes();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task MoveAsync(CancellationToken cancellationToken)
    {
        if (Boundary() is { } boundary)
        {
            await FlushAsync(boundary, cancellationToken).ConfigureAwait(false);
        }

        HeadPacking.Run(core.Heads, cancellationToken);
        core.Files.Catalogue.SaveMetadata(core.Heads);
    }

    // Whole hours, so that a series gets one chunk an hour; at once when memory runs short. Null when nothing in memory is that old.
    private long? Boundary()
    {
        var now = environment.Now;
        var outOfOrder = (long)options.OutOfOrderWindow.TotalMilliseconds;
        var aged = now - Math.Max((long)options.HeadWindow.TotalMilliseconds, outOfOrder);
        var boundary = aged - (((aged % Hour) + Hour) % Hour);
        if (core.Heads.Samples > options.MaxHeadSamples / 5 * 4)
        {
            boundary = Math.Max(boundary, now - outOfOrder);
        }

        // A flush that failed has closed the time before its boundary already.
        boundary = Math.Max(boundary, core.Heads.Floor);
        return boundary > _complete && core.Heads.OldestTime() < boundary ? boundary : null;
    }

    private async Task FlushAsync(long boundary, CancellationToken cancellationToken)
    {
        var started = environment.TimeProvider.GetTimestamp();
        await core.Writer.RunAsync(() => Close(boundary), cancellationToken).ConfigureAwait(false);
        var flush = new HeadFlush(core.Heads, core.Files.Days);
        flush.Run(boundary, cancellationToken);
        _complete = boundary;

        // Segments of the log may go now, and they hold descriptions too.
        core.Files.Catalogue.SaveMetadata(core.Heads);
        foreach (var step in new HeadTrim(core.Heads, boundary).Steps(core.Files.Log, core.LogWriter))
        {
            await core.Writer.RunAsync(step, cancellationToken).ConfigureAwait(false);
        }

        var elapsed = environment.TimeProvider.GetElapsedTime(started).TotalSeconds;
        metrics.FlushDuration.Record(elapsed);
        metrics.ChunksWritten.Add(flush.Chunks);
        MetricStoreLog.Flushed(environment.Logger, flush.Samples, flush.Chunks, elapsed);
    }

    private void Close(long boundary)
    {
        core.Heads.RaiseFloor(boundary);
        core.LogWriter.Rotate();
    }
}
