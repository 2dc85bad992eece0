using System.Collections.Concurrent;
using Signalbox.Server.Audit.Storage;

namespace Signalbox.Server.Audit.Search;

/// <summary>Makes the index of eras again whose rows a search found missing or damaged.</summary>
internal sealed class EraRepairs(AuditDatabase database, EraShape shape, SearchMetrics metrics, TimeProvider clock, ILogger<EraRepairs> logger) : BackgroundService
{
    private const int Most = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(int Log, long Era), bool> _asked = new();

    /// <summary>Asks for an era; never waits. What is too much is asked for again by the next search that needs it.</summary>
    public void Ask(int log, long era)
    {
        if (_asked.Count < Most && _asked.TryAdd((log, era), true))
        {
            metrics.Damaged();
            logger.IndexDamaged(log, era);
        }
    }

    /// <summary>Makes again whatever was asked for.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var (log, era) in _asked.Keys)
        {
            try
            {
                await RebuildAsync(log, era, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.IndexNotRebuilt(log, era, exception);
            }

            _asked.TryRemove((log, era), out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RunOnceAsync(stoppingToken);
        }
    }

    /// <summary>Reads the events first and locks the log only while the rows are written.</summary>
    private async Task RebuildAsync(int log, long era, CancellationToken cancellationToken)
    {
        var end = shape.FirstOf(era + 1);
        var view = await database.ReadAsync(session => EraLoader.ExtendAsync(session, log, EraView.Empty(era), end, shape), cancellationToken);
        var written = await database.WriteAsync(
            async session =>
            {
                // An era that was let go meanwhile must not come back.
                if (await LogRows.LockAsync(session, log) is not { } row || row.First >= end || row.Size < end)
                {
                    return false;
                }

                await EraRows.WriteAsync(session, log, view, shape);
                return true;
            },
            cancellationToken);
        if (written)
        {
            logger.IndexRebuilt(log, era, view.Count);
        }
    }
}
