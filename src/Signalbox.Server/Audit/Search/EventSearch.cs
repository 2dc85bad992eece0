using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Search;

/// <summary>Answers what was done, by whom, to what: finds the events of a tenant that a query is about, page by page.</summary>
/// <remarks>A search sees every event that was acknowledged before it began, whichever instance took it. Thread-safe.</remarks>
internal sealed class EventSearch(AuditDatabase database, EraIndex index, EraRepairs repairs, SearchOptions options, SearchMetrics metrics, TimeProvider clock)
{
    /// <param name="limit">Events of one page, at least 1.</param>
    /// <param name="after">The <see cref="EventPage.Next"/> of the page before; null for the first one.</param>
    /// <exception cref="ArgumentException">The query has too many values.</exception>
    /// <exception cref="ControlUnavailableException">The database is away.</exception>
    public async Task<EventPage> RunAsync(string tenant, EventQuery query, int limit, long? after, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var plan = QueryPlan.Of(query);
        var start = clock.GetTimestamp();
        var page = await database.ReadAsync(session => RunAsync(session, tenant, plan, (limit, after), cancellationToken), cancellationToken);
        metrics.Searched(clock.GetElapsedTime(start));
        return page;
    }

    /// <returns>The event with this id, or null when the tenant has none.</returns>
    public async Task<StoredEvent?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var page = await RunAsync(tenant, new EventQuery { Ids = [id] }, limit: 1, after: null, cancellationToken);
        while (page.Items.Count == 0 && page.Next is { } next)
        {
            page = await RunAsync(tenant, new EventQuery { Ids = [id] }, limit: 1, next, cancellationToken);
        }

        return page.Items.Count > 0 ? page.Items[0] : null;
    }

    private async Task<EventPage> RunAsync(ControlSession session, string tenant, QueryPlan plan, (int Limit, long? After) page, CancellationToken cancellationToken)
    {
        if (plan.IsImpossible || await LogRows.FindAsync(session, tenant) is not { } log)
        {
            return EventPage.Empty;
        }

        var lowest = plan.OldestFirst && page.After is { } before ? Math.Max(log.First, before + 1) : log.First;
        var highest = !plan.OldestFirst && page.After is { } behind ? Math.Min(log.Size, behind) - 1 : log.Size - 1;
        if (lowest > highest)
        {
            return EventPage.Empty;
        }

        var scan = new EraScan(session, log.Log, plan, index.Shape);
        var gathering = new PageGathering(session, log.Log, plan, page.Limit);
        var next = await WalkAsync(scan, gathering, (session, log, plan), (lowest, highest), cancellationToken);
        foreach (var era in scan.Damaged)
        {
            repairs.Ask(log.Log, era);
        }

        return gathering.Finish(next);
    }

    /// <returns>Where the next page begins, when this one ended because of its work and not of its length; otherwise null.</returns>
    private async Task<long?> WalkAsync(
        EraScan scan, PageGathering gathering, (ControlSession Session, LogRow Log, QueryPlan Plan) asked, (long Lowest, long Highest) sequences, CancellationToken cancellationToken)
    {
        var (session, log, plan) = asked;
        var shape = index.Shape;
        var eras = new EraWalk(shape.EraOf(sequences.Lowest), shape.EraOf(sequences.Highest), gathering.OldestFirst);
        var filling = shape.EraOf(log.Size);
        while (!gathering.IsFull && eras.TryTake(scan.MostEras, filling, out var some))
        {
            if (some.First == filling)
            {
                // Where nothing is asked of the events, what is known of them need not be read: the first list after a start comes at once.
                var view = plan.IsUnfiltered ? EraView.Empty(filling) : await index.LoadAsync(session, log.Log, log.Size, cancellationToken);
                await gathering.AddAsync([scan.Find(view, sequences)], some.First, shape);
                continue;
            }

            if (eras.TakenBefore >= options.MostEras)
            {
                metrics.Bounded();
                return gathering.OldestFirst ? shape.FirstOf(some.First) - 1 : shape.FirstOf(some.Last + 1);
            }

            var found = await scan.FindAsync(some, sequences, cancellationToken);
            await gathering.AddAsync(found, some.First, shape);
            foreach (var bits in found.OfType<EraBits>())
            {
                scan.Return(bits);
            }

            if (scan.Cut is { } cut)
            {
                metrics.Bounded();
                return gathering.OldestFirst ? shape.FirstOf(cut) - 1 : shape.FirstOf(cut + 1);
            }
        }

        return null;
    }
}
