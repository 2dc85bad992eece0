using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Audit.Tests.Storage;
using Signalbox.Server.Audit.Search;
using Signalbox.Server.Audit.Storage;

namespace Signalbox.Audit.Tests.Search;

/// <summary>What one instance has of the search, over a store that others may use as well, and a writer that does what the sequencer does.</summary>
internal sealed class SearchInstance : IDisposable
{
    private readonly OpenedStore _store;
    private readonly LogTails _tails;

    public SearchInstance(AuditStoreUnderTest place, OpenedStore store, EraShape shape, SearchOptions options)
    {
        _store = store;
        var metrics = new SearchMetrics(place.Services.GetRequiredService<IMeterFactory>());
        _tails = new LogTails(options, metrics);
        Index = new EraIndex(_tails, metrics, shape);
        Repairs = new EraRepairs(store.Audit, shape, metrics, TimeProvider.System, NullLogger<EraRepairs>.Instance);
        Search = new EventSearch(store.Audit, Index, Repairs, options, metrics, TimeProvider.System);
    }

    public EraIndex Index { get; }

    public EventSearch Search { get; }

    public EraRepairs Repairs { get; }

    public long MemoryBytes => _tails.Bytes;

    public bool HasInMemory(int log) => _tails.Find(log) is not null;

    /// <returns>The records with their sequences.</returns>
    public Task<IReadOnlyList<RandomRecord>> AppendAsync(string tenant, IReadOnlyList<RandomRecord> records, bool fail, CancellationToken cancellationToken) => _store.Audit.WriteAsync(
        async session =>
        {
            var found = await LogRows.FindAsync(session, tenant);
            if (found is null)
            {
                await LogRows.TryAddAsync(session, tenant, new byte[32], string.Empty, timeMs: 0);
                found = (await LogRows.FindAsync(session, tenant))!;
            }

            var log = (await LogRows.LockAsync(session, found.Log))!;
            foreach (var (record, index) in records.Select(static (record, index) => (record.Prepared, index)))
            {
                await session.ExecuteAsync(
                    "INSERT INTO audit_events (position, time_ms, leaf, body) VALUES (@position, @TimeMs, @leaf, @Body)",
                    new { position = EventPosition.Of(log.Log, log.Size + index), record.TimeMs, leaf = new byte[32], record.Body });
            }

            await Index.AppendAsync(session, log.Log, log.Size, [.. records.Select(static record => record.Prepared)]);
            await LogRows.TryGrowAsync(session, log, log with { Size = log.Size + records.Count });
            return fail ? throw new InvalidOperationException("on purpose") : (IReadOnlyList<RandomRecord>)[.. records.Select((record, index) => record with { Sequence = log.Size + index })];
        },
        cancellationToken);

    public Task PruneAsync(string tenant, long first, CancellationToken cancellationToken) => _store.Audit.WriteAsync(
        async session =>
        {
            var log = (await LogRows.FindAsync(session, tenant))!;
            await LogRows.MoveFirstAsync(session, log.Log, first);
            await EventRows.DeleteAsync(session, log.Log, 0, first);
            while (await Index.PruneAsync(session, log.Log, first) > 0)
            {
                // The next few.
            }
        },
        cancellationToken);

    /// <summary>Asks page by page and gives the sequences of all.</summary>
    public async Task<List<long>> AllAsync(string tenant, EventQuery query, int limit, CancellationToken cancellationToken)
    {
        var sequences = new List<long>();
        long? after = null;
        do
        {
            var page = await Search.RunAsync(tenant, query, limit, after, cancellationToken);
            sequences.AddRange(page.Items.Select(static stored => stored.Sequence));
            after = page.Next;
        }
        while (after is not null);

        return sequences;
    }

    public void Dispose()
    {
        _tails.Dispose();
        Repairs.Dispose();
    }
}
