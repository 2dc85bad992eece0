using Signalbox.Server.Audit.Records;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Puts the next batch together: from the queue, from the outbox, and gap records for what was lost.</summary>
/// <remarks>One user at a time.</remarks>
internal sealed class BatchGatherer(AuditQueue queue, Outbox outbox, Losses losses, GapRecords gaps, SequencingOptions options)
{
    /// <param name="passedOver">Tenants whose logs are given up for now; their outbox waits.</param>
    public async Task<Batch> GatherAsync(IReadOnlyCollection<string> passedOver, CancellationToken cancellationToken)
    {
        // What is taken out of the queue is in nobody's hands but the batch's, so it comes last: what may fail or be cancelled is done by then.
        var batch = new Batch();
        await TakeOutboxAsync(batch, passedOver, cancellationToken);
        TakeLosses(batch, passedOver);
        TakeQueue(batch);
        return batch;
    }

    private void TakeLosses(Batch batch, IReadOnlyCollection<string> passedOver)
    {
        var all = losses.TakeAll();
        try
        {
            foreach (var loss in all.Where(loss => !passedOver.Contains(loss.Tenant, StringComparer.Ordinal)))
            {
                batch.For(loss.Tenant).AddGap(loss, gaps.Of(loss));
            }
        }
        catch
        {
            PutBack(all);
            throw;
        }

        PutBack(all.Where(loss => passedOver.Contains(loss.Tenant, StringComparer.Ordinal)));
    }

    private void PutBack(IEnumerable<Loss> some)
    {
        foreach (var loss in some)
        {
            losses.PutBack(loss);
        }
    }

    private void TakeQueue(Batch batch)
    {
        var (events, bytes) = (0L, 0L);
        while (events < options.BatchEvents && bytes < options.BatchBytes)
        {
            if (!queue.TryTake(out var submission))
            {
                return;
            }

            batch.For(submission.Records[0].Record.Tenant).Add(submission);
            events += submission.Records.Count;
            bytes += submission.Bytes;
        }

        batch.IsFull = true;
    }

    private async Task TakeOutboxAsync(Batch batch, IReadOnlyCollection<string> passedOver, CancellationToken cancellationToken)
    {
        IReadOnlyList<PreparedRecord> records = await outbox.TakeAsync(passedOver, cancellationToken);
        foreach (var record in records)
        {
            batch.For(record.Tenant).AddFromOutbox(record);
        }

        batch.IsFull |= records.Count == options.OutboxEvents;
    }
}
