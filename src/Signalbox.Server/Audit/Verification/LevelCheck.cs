using Signalbox.Server.Audit.Merkle;

namespace Signalbox.Server.Audit.Verification;

/// <summary>Compares the tiles above the leaves with the roots of those below.</summary>
internal sealed class LevelCheck(ILogSource source, FaultList faults)
{
    private const int Batch = 64;

    private readonly Dictionary<long, byte[]?> _arbiters = [];

    /// <summary>The root of a tile of level 0, as level 1 has it; null when that is not kept.</summary>
    public async Task<byte[]?> ArbiterAsync(long tile, CancellationToken cancellationToken)
    {
        var number = tile / MerkleTree.TileWidth;
        if (!_arbiters.TryGetValue(number, out var hashes))
        {
            _arbiters[number] = hashes = (await source.TilesAsync(1, number, 1, cancellationToken))[0];
        }

        var at = (int)(tile % MerkleTree.TileWidth) * MerkleTree.HashSize;
        return hashes is not null && hashes.Length >= at + MerkleTree.HashSize ? hashes.AsSpan(at, MerkleTree.HashSize).ToArray() : null;
    }

    /// <param name="roots">Of all full tiles of level 0.</param>
    public async Task RunAsync(ReadOnlyMemory<byte> roots, CancellationToken cancellationToken)
    {
        var span = (long)MerkleTree.TileWidth;
        for (var level = 1; roots.Length >= MerkleTree.TileSize; level++, span *= MerkleTree.TileWidth)
        {
            var count = roots.Length / MerkleTree.TileSize;
            var above = new byte[count * MerkleTree.HashSize];
            for (var first = 0; first < count; first += Batch)
            {
                var tiles = await source.TilesAsync(level, first, Math.Min(Batch, count - first), cancellationToken);
                for (var i = 0; i < tiles.Count; i++)
                {
                    var expected = roots.Slice((first + i) * MerkleTree.TileSize, MerkleTree.TileSize).Span;
                    Compare(level, first + i, tiles[i], expected, span);
                    MerkleTree.SubtreeRoot(expected).CopyTo(above, (first + i) * MerkleTree.HashSize);
                }
            }

            roots = above;
        }
    }

    private void Compare(int level, long number, byte[]? tile, ReadOnlySpan<byte> expected, long span)
    {
        var start = number * MerkleTree.TileWidth * span;
        if (tile is not { Length: MerkleTree.TileSize })
        {
            faults.Add(TileFaults.Missing(level, number, start));
        }
        else if (!expected.SequenceEqual(tile))
        {
            faults.Add(TileFaults.Tile(level, number, start + (TileFaults.FirstDifference(expected, tile) * span)));
        }
    }
}
