using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Brings mandatory events from the control database to the log, and takes them out there once they are in it.</summary>
/// <remarks>
/// An event is in the outbox until it was seen to be in the log, and enters it under its id; so a crash in between, or two instances that do the same
/// work, make no second one. One user at a time, but <see cref="Added"/> is thread-safe.
/// </remarks>
internal sealed class Outbox(ControlDatabase control, SequencingMetrics metrics, SequencingOptions options, TimeProvider clock, ILogger<Outbox> logger)
{
    private int _added = 1;
    private long _looked;
    private bool _isFailing;

    /// <summary>Tells that this process has put an event in.</summary>
    public void Added() => Interlocked.Exchange(ref _added, 1);

    /// <summary>The oldest events, when there may be some: after one was put in here, and now and then for what others left.</summary>
    /// <returns>Nothing while the control database cannot be read: the log's own work goes on without it.</returns>
    public async Task<IReadOnlyList<PreparedRecord>> TakeAsync(IReadOnlyCollection<string> passedOver, CancellationToken cancellationToken)
    {
        var added = Interlocked.Exchange(ref _added, 0) == 1;
        if (!added && clock.GetElapsedTime(_looked) < options.PollInterval)
        {
            return [];
        }

        try
        {
            var records = await control.ReadAsync(session => OutboxRows.ListAsync(session, options.OutboxEvents, passedOver), cancellationToken);
            _looked = clock.GetTimestamp();
            metrics.OutboxDepth = records.Count < options.OutboxEvents ? records.Count : await control.ReadAsync(OutboxRows.CountAsync, cancellationToken);
            if (records.Count == options.OutboxEvents)
            {
                Added();
            }

            _isFailing = false;
            return records;
        }
        catch (OperationCanceledException)
        {
            // The look that a stop cut short is made up for while the queue is emptied.
            Added();
            throw;
        }
        catch (Exception exception)
        {
            Failed(exception);
            return [];
        }
    }

    /// <summary>Takes out what is in the log.</summary>
    public async Task RemoveAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return;
        }

        try
        {
            await control.WriteAsync(session => OutboxRows.DeleteAsync(session, ids), cancellationToken);
            metrics.OutboxDepth = Math.Max(0, metrics.OutboxDepth - ids.Count);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The next look finds them again, and the log tells that it has them.
            Failed(exception);
        }
    }

    private void Failed(Exception exception)
    {
        Added();
        if (!_isFailing)
        {
            _isFailing = true;
            logger.OutboxUnavailable(exception);
        }
    }
}
