namespace Signalbox.Server.Audit.Merkle;

/// <summary>A growing tree that gives each tile of 256 hashes when it is complete, on all levels, and knows its root at any time.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class TileBuilder
{
    /// <summary>Levels of tiles that a log of 2⁶³ events has.</summary>
    public const int MostLevels = 8;

    private readonly byte[][] _edges = new byte[MostLevels][];

    private TileBuilder()
    {
    }

    /// <summary>Leaves.</summary>
    public long Size { get; private set; }

    public static TileBuilder Empty() => new();

    /// <summary>Takes up a tree where it was left.</summary>
    /// <param name="reader">Gives the tiles that lie under the right edge.</param>
    /// <exception cref="InvalidDataException">Hashes are missing.</exception>
    public static async Task<TileBuilder> RestoreAsync(long size, ITileReader reader, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        var builder = new TileBuilder { Size = size };
        for (var level = 0; level < MostLevels; level++)
        {
            var (number, width) = Edge(size, level);
            if (width == 0)
            {
                continue;
            }

            var edge = builder.EdgeOf(level);
            if (level == 0)
            {
                (await reader.EdgeLeavesAsync(number * MerkleTree.TileWidth, width, cancellationToken)).AsSpan(0, width * MerkleTree.HashSize).CopyTo(edge);
                continue;
            }

            var below = await reader.FullTilesAsync(level - 1, number * MerkleTree.TileWidth, width, cancellationToken);
            for (var i = 0; i < width; i++)
            {
                MerkleTree.SubtreeRoot(below[i]).CopyTo(edge, i * MerkleTree.HashSize);
            }
        }

        return builder;
    }

    /// <summary>Appends one leaf.</summary>
    /// <param name="completed">Takes the tiles that this leaf completes, the lowest level first: none for 255 leaves of 256.</param>
    public void Append(ReadOnlySpan<byte> leafHash, ICollection<Tile> completed)
    {
        leafHash[..MerkleTree.HashSize].CopyTo(EdgeOf(0).AsSpan((int)(Size % MerkleTree.TileWidth) * MerkleTree.HashSize));
        Size++;
        for (var level = 0; level + 1 < MostLevels && Width(Size, level) == 0; level++)
        {
            var full = EdgeOf(level).ToArray();
            var number = (Size >> (MerkleTree.TileHeight * (level + 1))) - 1;
            completed.Add(new Tile(level, number, full));
            MerkleTree.SubtreeRoot(full).CopyTo(EdgeOf(level + 1), (int)(number % MerkleTree.TileWidth) * MerkleTree.HashSize);
        }
    }

    public byte[] Root()
    {
        byte[]? root = null;
        for (var level = 0; level < MostLevels; level++)
        {
            var width = Width(Size, level);
            for (var bit = 0; bit < MerkleTree.TileHeight; bit++)
            {
                if ((width & (1 << bit)) == 0)
                {
                    continue;
                }

                var start = width & ~((1 << (bit + 1)) - 1);
                var subtree = MerkleTree.SubtreeRoot(_edges[level].AsSpan(start * MerkleTree.HashSize, MerkleTree.HashSize << bit));
                root = root is null ? subtree : MerkleTree.NodeHash(subtree, root);
            }
        }

        return root ?? MerkleTree.EmptyRoot;
    }

    public TileBuilder Clone()
    {
        var clone = new TileBuilder { Size = Size };
        for (var level = 0; level < MostLevels; level++)
        {
            clone._edges[level] = _edges[level]?.ToArray()!;
        }

        return clone;
    }

    /// <summary>Where the tree's partial tile of a level is, and how many hashes it has: 0 to 255.</summary>
    public static (long Number, int Width) Edge(long size, int level) =>
        (level + 1 < MostLevels ? size >> (MerkleTree.TileHeight * (level + 1)) : 0, Width(size, level));

    private static int Width(long size, int level) => (int)((size >> (MerkleTree.TileHeight * level)) & (MerkleTree.TileWidth - 1));

    private byte[] EdgeOf(int level) => _edges[level] ??= new byte[MerkleTree.TileSize];
}
