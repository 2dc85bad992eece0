using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Search;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Sequencing;

/// <summary>Adds a batch to a log within a transaction: numbers, hashes, rows, tiles and the checkpoint.</summary>
/// <remarks>
/// The log's row is locked first and moved last, from exactly the size that was found, so of two writers one waits for the other. What is
/// kept in memory between batches is used only when the log has the size at which it was left. One user at a time.
/// </remarks>
internal sealed class LogWriter(AuditDatabase database, EraIndex index, SequencingOptions options, TimeProvider clock)
{
    private readonly Frontiers _frontiers = new(options.Frontiers);
    private readonly IEventAppender _appender = EventAppenders.For(database.Dialect.Engine);
    private readonly Dictionary<int, long> _lastKept = [];

    /// <exception cref="AuditDamagedException">The tables do not give the log's root.</exception>
    public async Task AppendAsync(ControlSession session, int log, LogBatch batch, CheckpointSigner signer)
    {
        var row = await LogRows.LockAsync(session, log) ?? throw new AuditDamagedException($"The row of the log of tenant {batch.Tenant} is gone.");
        var fresh = await FreshAsync(session, row, batch);
        batch.TriedOn ??= row.Size;
        var tree = await TreeAsync(session, row);
        batch.Appended = new AppendedBatch(row, tree, fresh);
        if (fresh.Count == 0)
        {
            return;
        }

        if (row.Size + fresh.Count > EventPosition.MaxSize)
        {
            throw new AuditDamagedException($"The log of tenant {batch.Tenant} has no room for more events.");
        }

        await AddRowsAsync(session, row, tree, fresh);

        // The terms were taken beforehand, for all records; where some of them are in the log already, only those of the others count.
        var terms = fresh.Count == batch.Count ? batch.Terms() : EraIndex.Prepare([.. fresh.Select(static record => record.Record)]);
        await index.AppendAsync(session, log, row.Size, terms);
        await MoveAsync(session, row, tree, signer);
    }

    /// <summary>Remembers what is durable now.</summary>
    public void Committed(LogBatch batch)
    {
        var (row, tree, _) = batch.Appended!;
        _frontiers.Keep(row.Log, tree);
    }

    /// <summary>Makes the next batch read the tree from the tables.</summary>
    public void Forget() => _frontiers.Clear();

    /// <summary>Which records are not in the log yet; the places of the others are noted.</summary>
    private static async Task<IReadOnlyList<PendingRecord>> FreshAsync(ControlSession session, LogRow row, LogBatch batch)
    {
        var records = batch.InOrder();
        var known = await LeavesSinceAsync(session, row, batch.TriedOn);
        var keyed = records.Where(static record => record.Record.Keyed).Select(static record => record.Record.Id).ToList();
        var seen = keyed.Count == 0 ? [] : await SeenRows.FindAsync(session, row.Log, keyed);
        if (known.Count == 0 && keyed.Count == 0)
        {
            return records;
        }

        var fresh = new List<PendingRecord>(records.Count);
        foreach (var record in records)
        {
            if (known.Count > 0 && known.TryGetValue(Convert.ToHexString(record.Leaf), out var own))
            {
                record.Place(own, isDuplicate: false);
            }
            else if (record.Record.Keyed && seen.TryGetValue(record.Record.Id, out var other))
            {
                record.Place(other, isDuplicate: true);
            }
            else
            {
                if (record.Record.Keyed)
                {
                    // The same id a second time within the batch is a duplicate of this one.
                    seen[record.Record.Id] = row.Size + fresh.Count;
                }

                fresh.Add(record);
            }
        }

        return fresh;
    }

    /// <summary>After an attempt whose outcome is not known, what came into the log since it began may be the batch itself.</summary>
    private static async Task<Dictionary<string, long>> LeavesSinceAsync(ControlSession session, LogRow row, long? triedOn)
    {
        var known = new Dictionary<string, long>(StringComparer.Ordinal);
        if (triedOn is not { } from || from >= row.Size)
        {
            return known;
        }

        var leaves = await EventRows.ReadLeavesAsync(session, row.Log, from, row.Size);
        for (var index = 0; index < leaves.Count; index++)
        {
            known[Convert.ToHexString(leaves[index])] = from + index;
        }

        return known;
    }

    private async Task<TileBuilder> TreeAsync(ControlSession session, LogRow row)
    {
        if (_frontiers.Take(row.Log, row.Size) is { } kept)
        {
            return kept;
        }

        TileBuilder tree;
        try
        {
            tree = await TileBuilder.RestoreAsync(row.Size, new SessionTiles(session, row.Log), CancellationToken.None);
        }
        catch (InvalidDataException exception)
        {
            throw new AuditDamagedException($"The log of tenant {row.Tenant} is damaged: {exception.Message}");
        }

        return tree.Root().AsSpan().SequenceEqual(row.Root)
            ? tree
            : throw new AuditDamagedException($"The log of tenant {row.Tenant} is damaged: what its tables hold does not give the root that it was left with. Run signalbox audit verify.");
    }

    private async Task AddRowsAsync(ControlSession session, LogRow row, TileBuilder tree, IReadOnlyList<PendingRecord> fresh)
    {
        var events = new NewEvent[fresh.Count];
        var tiles = new List<Tile>();
        var seen = new List<SeenRow>();
        for (var place = 0; place < fresh.Count; place++)
        {
            var record = fresh[place];
            var sequence = row.Size + place;
            record.Place(sequence, isDuplicate: false);
            events[place] = new NewEvent(EventPosition.Of(row.Log, sequence), record.Record.TimeMs, record.Leaf, record.Record.Body);
            tree.Append(record.Leaf, tiles);
            if (record.Record.Keyed)
            {
                seen.Add(new SeenRow(record.Record.Id, sequence));
            }
        }

        await _appender.AppendAsync(session, events);
        await TileTable.AddAsync(session, row.Log, tiles);
        await SeenRows.AddAsync(session, row.Log, seen);
    }

    private async Task MoveAsync(ControlSession session, LogRow row, TileBuilder tree, CheckpointSigner signer)
    {
        var now = clock.GetUtcNow();
        var root = tree.Root();
        var to = row with { Size = tree.Size, Root = root, Checkpoint = signer.Sign(row.Tenant, tree.Size, root), TimeMs = now.ToUnixTimeMilliseconds() };
        if (!await LogRows.TryGrowAsync(session, row, to))
        {
            throw new AuditDamagedException($"The log of tenant {row.Tenant} was moved while its row was locked.");
        }

        if (now.ToUnixTimeMilliseconds() - await LastKeptAsync(session, row.Log) >= options.CheckpointInterval.TotalMilliseconds)
        {
            await CheckpointRows.AddAsync(session, row.Log, new CheckpointRow { Size = to.Size, TimeMs = to.TimeMs, Note = to.Checkpoint });
            _lastKept[row.Log] = to.TimeMs;
        }
    }

    private async Task<long> LastKeptAsync(ControlSession session, int log) =>
        _lastKept.TryGetValue(log, out var kept) ? kept : _lastKept[log] = (await CheckpointRows.FindLastAsync(session, log))?.TimeMs ?? long.MinValue / 2;
}
