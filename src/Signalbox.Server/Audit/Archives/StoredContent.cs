using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Audit.Verification;

namespace Signalbox.Server.Audit.Archives;

/// <summary>The events and hashes of one log in its database.</summary>
internal sealed class StoredContent(IAuditReader reader, int log) : IArchiveContent
{
    public Task<IReadOnlyList<StoredEvent>> EventsAsync(long first, int count, CancellationToken cancellationToken) =>
        reader.ReadAsync(session => EventRows.ReadAsync(session, log, first, count), cancellationToken);

    public async Task<IReadOnlyList<byte[]>> FullTilesAsync(int level, long first, int count, CancellationToken cancellationToken)
    {
        var tiles = count == 0 ? [] : await reader.ReadAsync(
            session => session.ListAsync<byte[]>(
                "SELECT hashes FROM audit_tiles WHERE log = @log AND level = @level AND number >= @first AND number < @until ORDER BY number",
                new { log, level, first, until = first + count }),
            cancellationToken);
        return tiles.Count == count && tiles.All(static tile => tile.Length == MerkleTree.TileSize)
            ? tiles
            : throw new InvalidDataException($"Tiles of level {level} from {first} on are missing or damaged; 'signalbox audit verify' says more.");
    }

    public async Task<byte[]> EdgeLeavesAsync(long first, int count, CancellationToken cancellationToken)
    {
        var leaves = await reader.ReadAsync(session => EventRows.ReadLeavesAsync(session, log, first, first + count), cancellationToken);
        return leaves.Count == count && leaves.All(static leaf => leaf.Length == MerkleTree.HashSize)
            ? [.. leaves.SelectMany(static leaf => leaf)]
            : throw new InvalidDataException($"Events from {first} on are missing or damaged; 'signalbox audit verify' says more.");
    }
}
