using Signalbox.Server.Audit.Records;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Search;

/// <summary>Keeps the index of each log up to date: the era being filled in memory, every full one in rows.</summary>
/// <remarks>Thread-safe; of one log only one batch at a time is appended, which the lock on its row sees to.</remarks>
internal sealed class EraIndex(LogTails tails, SearchMetrics metrics, EraShape shape)
{
    /// <summary>A log that is not in memory is taken in by a write only while its era has few records; later by the first search, or by the write that fills the era.</summary>
    private const int FewRecords = 1024;

    /// <summary>As many rows as a transaction should delete that keeps the log's writer waiting.</summary>
    private const int ErasPrunedAtOnce = 16;

    public EraShape Shape => shape;

    /// <summary>The terms of records; a matter of the processor alone, so it may be done before the transaction and on any thread.</summary>
    public static TermSegment Prepare(IReadOnlyList<PreparedRecord> records)
    {
        var builder = new TermSegmentBuilder(records.Count);
        foreach (var record in records)
        {
            builder.Add(record.TimeMs, record.Body);
        }

        return builder.Build();
    }

    /// <summary>Takes the records of a batch, within the transaction that inserts them and before or after their rows; a rollback needs no call.</summary>
    /// <param name="firstSequence">Of the first record; everything before it is in the database, as this session sees it.</param>
    public Task AppendAsync(ControlSession session, int log, long firstSequence, IReadOnlyList<PreparedRecord> records) =>
        AppendAsync(session, log, firstSequence, records.Count, () => Prepare(records));

    /// <inheritdoc cref="AppendAsync(ControlSession, int, long, IReadOnlyList{PreparedRecord})"/>
    public Task AppendAsync(ControlSession session, int log, long firstSequence, TermSegment records) => AppendAsync(session, log, firstSequence, records.Count, () => records);

    /// <summary>Deletes what is kept of some of the eras that ended before <paramref name="firstKept"/>; searches do not look at them any more in any case.</summary>
    /// <returns>How many; call it again, in another transaction, until there are none.</returns>
    public Task<int> PruneAsync(ControlSession session, int log, long firstKept) => EraRows.DeleteAsync(session, log, shape.EraOf(firstKept), ErasPrunedAtOnce, shape);

    /// <summary>The era being filled, up to <paramref name="size"/> at least; from memory, or what is missing there from the rows.</summary>
    /// <param name="size">The log's size as <paramref name="session"/> sees it.</param>
    public async Task<EraView> LoadAsync(ControlSession session, int log, long size, CancellationToken cancellationToken)
    {
        var era = shape.EraOf(size);
        var tail = tails.FindOrAdd(log, era);
        if (Covers(tail.View, era, size))
        {
            return tail.View;
        }

        await tail.Loading.WaitAsync(cancellationToken);
        try
        {
            if (Covers(tail.View, era, size))
            {
                return tail.View;
            }

            // What is in memory may be an era ahead of an older snapshot; then this one is made for this search alone.
            var loaded = await ExtendAsync(session, log, tail.View.Era == era ? tail.View : EraView.Empty(era), size);
            tails.Take(log, loaded);
            return loaded;
        }
        finally
        {
            tail.Loading.Release();
        }
    }

    private async Task AppendAsync(ControlSession session, int log, long firstSequence, int count, Func<TermSegment> prepare)
    {
        var era = shape.EraOf(firstSequence);
        var fills = shape.EraOf(firstSequence + count) > era;
        if (tails.Find(log) is null && !fills && shape.OffsetOf(firstSequence) > FewRecords)
        {
            return;
        }

        var view = tails.FindOrAdd(log, era).View;
        if (view.Era > era || (view.Era == era && shape.FirstOf(era) + view.Count > firstSequence))
        {
            // The database has forgotten what it once committed, as after a restored backup.
            tails.Forget(log);
            view = EraView.Empty(era);
        }

        view = await ExtendAsync(session, log, view.Era == era ? view : EraView.Empty(era), firstSequence);
        var records = prepare();
        for (var taken = 0; taken < records.Count;)
        {
            var some = Math.Min(records.Count - taken, shape.Records - view.Count);
            view = view.With(records.Slice(taken, some));
            taken += some;
            if (view.Count == shape.Records)
            {
                await EraRows.WriteAsync(session, log, view, shape);
                metrics.Sealed();
                view = EraView.Empty(view.Era + 1);
            }
        }

        session.OnCommitted(() => tails.Take(log, view));
    }

    private async Task<EraView> ExtendAsync(ControlSession session, int log, EraView view, long untilSequence)
    {
        var missing = untilSequence - shape.FirstOf(view.Era) - view.Count;
        if (missing <= 0)
        {
            return view;
        }

        metrics.Loaded(missing);
        return await EraLoader.ExtendAsync(session, log, view, untilSequence, shape);
    }

    private bool Covers(EraView view, long era, long size) => view.Era == era && shape.FirstOf(era) + view.Count >= size;
}
