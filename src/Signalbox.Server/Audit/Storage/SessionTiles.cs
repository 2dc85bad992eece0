using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Storage;

/// <summary>The hashes of one log, read within one transaction.</summary>
internal sealed class SessionTiles(ControlSession session, int log) : ITileReader
{
    public async Task<IReadOnlyList<byte[]>> FullTilesAsync(int level, long first, int count, CancellationToken cancellationToken)
    {
        var tiles = await session.ListAsync<byte[]>(
            "SELECT hashes FROM audit_tiles WHERE log = @log AND level = @level AND number >= @first AND number < @until ORDER BY number",
            new { log, level, first, until = first + count });
        return tiles.Count == count && tiles.All(static tile => tile.Length == MerkleTree.TileSize)
            ? tiles
            : throw new InvalidDataException($"Of the tiles {first} to {first + count - 1} of level {level} of log {log}, some are missing or have another length.");
    }

    public async Task<byte[]> EdgeLeavesAsync(long first, int count, CancellationToken cancellationToken)
    {
        var leaves = await EventRows.ReadLeavesAsync(session, log, first, first + count);
        return leaves.Count == count && leaves.All(static leaf => leaf.Length == MerkleTree.HashSize)
            ? [.. leaves.SelectMany(static leaf => leaf)]
            : throw new InvalidDataException($"Of the events {first} to {first + count - 1} of log {log}, some are missing or have hashes of another length.");
    }
}
