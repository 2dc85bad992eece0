using Microsoft.Data.Sqlite;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform;

namespace Signalbox.Server.Audit.Verification;

/// <summary>A log as it lies in its database.</summary>
/// <param name="audit">To the database with the log.</param>
/// <param name="control">To the one with the keys; the same where both are one.</param>
internal sealed class StoreLogSource(StoreConnections audit, StoreConnections control, KeyOptions options, string tenant) : ILogSource
{
    /// <summary>Tiles that one worker reads at a time: 16,384 events.</summary>
    private const int ChunkTiles = 64;

    private int _log;

    public async Task<LogHead> HeadAsync(CancellationToken cancellationToken)
    {
        var keys = await control.ReadAsync(session => KnownKey.ListAsync(session, options.Origin, tenant), cancellationToken);
        return await audit.ReadAsync(
            async session =>
            {
                // In one transaction, so that what is appended meanwhile is not taken for rows that were put in.
                await using var transaction = session.Connection is SqliteConnection file
                    ? file.BeginTransaction(deferred: true)
                    : await session.Connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
                var row = await LogRows.FindAsync(session, tenant) ?? throw new StartupException($"The tenant '{tenant}' has no audit log here.");
                var extra = await session.FindAsync<long?>(
                    "SELECT MIN(position) FROM audit_events WHERE position >= @from AND position < @until",
                    new { from = EventPosition.Of(row.Log, row.Size), until = EventPosition.Of(row.Log + 1, 0) });
                var past = await session.ListAsync<CheckpointRow>("SELECT size, time_ms, note FROM audit_checkpoints WHERE log = @log ORDER BY size", new { log = row.Log });
                _log = row.Log;
                return new LogHead
                {
                    Tenant = tenant,
                    Size = row.Size,
                    First = row.First,
                    Until = row.Size,
                    Root = row.Root,
                    Checkpoint = row.Checkpoint,
                    Keys = keys,
                    Extra = extra is { } position ? EventPosition.SequenceOf(position) : null,
                    HasAllTiles = true,
                    TellsWhatIsGone = true,
                    Past = [.. past.Select(static checkpoint => new PastCheckpoint(checkpoint.Size, checkpoint.Note))],
                };
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<byte[]?>> TilesAsync(int level, long first, int count, CancellationToken cancellationToken) => audit.ReadAsync(
        async session =>
        {
            var tiles = new byte[]?[count];
            foreach (var row in await session.ListAsync<TileRow>(
                "SELECT number, hashes FROM audit_tiles WHERE log = @log AND level = @level AND number >= @first AND number < @until",
                new { log = _log, level, first, until = first + count }))
            {
                tiles[row.Number - first] = row.Hashes;
            }

            return (IReadOnlyList<byte[]?>)tiles;
        },
        cancellationToken);

    public Task ScanAsync(long from, long until, Action<ScannedTile> scanned, CancellationToken cancellationToken)
    {
        if (from >= until)
        {
            return Task.CompletedTask;
        }

        var first = from / MerkleTree.TileWidth;
        var last = (until + MerkleTree.TileWidth - 1) / MerkleTree.TileWidth;
        var chunks = (int)((last - first + ChunkTiles - 1) / ChunkTiles);
        return Parallel.ForEachAsync(
            Enumerable.Range(0, chunks),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (chunk, token) =>
            {
                var start = first + ((long)chunk * ChunkTiles);
                var end = Math.Min(last, start + ChunkTiles);
                var tiles = await TilesAsync(0, start, (int)(end - start), token);
                await ScanAsync(start, end, until, tiles, scanned, token);
            });
    }

    public async ValueTask DisposeAsync()
    {
        await audit.DisposeAsync();
        await control.DisposeAsync();
    }

    private async Task ScanAsync(long start, long end, long until, IReadOnlyList<byte[]?> tiles, Action<ScannedTile> scanned, CancellationToken cancellationToken)
    {
        var incomplete = new List<ScannedTile>();
        var first = await ReadAsync(start, end, until, tiles, tile => (tile.IsComplete ? scanned : incomplete.Add)(tile), cancellationToken);
        foreach (var tile in incomplete)
        {
            if (tile.FirstSequence < first)
            {
                tile.GiveFree();
                tile.Stored = tile.Width == MerkleTree.TileWidth ? tile.Stored : await EdgeAsync(tile, cancellationToken);
            }

            scanned(tile);
        }
    }

    /// <summary>The hashes of what was the right edge when the verification began, and is in a full tile by now.</summary>
    private async Task<byte[]?> EdgeAsync(ScannedTile tile, CancellationToken cancellationToken) =>
        (await TilesAsync(0, tile.Number, 1, cancellationToken))[0] is { Length: MerkleTree.TileSize } hashes ? hashes[..(tile.Width * MerkleTree.HashSize)] : null;

    /// <returns>The lowest sequence whose payload is to be there, read after the rows: of those below, retention may have deleted some meanwhile.</returns>
    private Task<long> ReadAsync(long start, long end, long until, IReadOnlyList<byte[]?> tiles, Action<ScannedTile> scanned, CancellationToken cancellationToken) => audit.ReadAsync(
        async session =>
        {
            var gatherer = new TileGatherer(start, until, tiles, scanned);
            var (low, high) = (EventPosition.Of(_log, start * MerkleTree.TileWidth), EventPosition.Of(_log, Math.Min(until, end * MerkleTree.TileWidth)));
            if (session.Connection is SqliteConnection file)
            {
                SqliteEventReader.Read(file, low, high, gatherer);
            }
            else
            {
                await EventReader.ReadAsync(session.Connection, low, high, gatherer, cancellationToken);
            }

            gatherer.Complete(end);
            return (await LogRows.FindAsync(session, tenant))?.First ?? 0;
        },
        cancellationToken);

    private sealed record TileRow
    {
        public required long Number { get; init; }

        public required byte[] Hashes { get; init; }
    }
}
