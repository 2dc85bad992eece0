namespace Signalbox.Server.Audit.Merkle;

/// <summary>Makes proofs out of full tiles and the leaves of the right edge.</summary>
/// <param name="size">Leaves that the reader has now; proofs may be about any size up to it.</param>
/// <param name="roots">Kept from proof to proof of the same log; null for one that is thrown away.</param>
/// <remarks>Reads each tile once. Not thread-safe; make one a request.</remarks>
internal sealed class ProofBuilder(ITileReader reader, long size, TileRoots? roots = null)
{
    private readonly Dictionary<(int Level, long Number), byte[]> _tiles = [];
    private readonly TileRoots _roots = roots ?? new TileRoots();

    /// <param name="index">The leaf's sequence, from 0.</param>
    /// <param name="treeSize">Of the tree that holds it, at most the log's size.</param>
    public async Task<IReadOnlyList<byte[]>> InclusionAsync(long index, long treeSize, CancellationToken cancellationToken)
    {
        ThrowIfOutside(treeSize);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, treeSize);
        var siblings = new List<(long Start, long End)>();
        var (start, end) = (0L, treeSize);
        while (end - start > 1)
        {
            var middle = start + LeftSize(end - start);
            if (index < middle)
            {
                siblings.Add((middle, end));
                end = middle;
            }
            else
            {
                siblings.Add((start, middle));
                start = middle;
            }
        }

        siblings.Reverse();
        return await HashesAsync(siblings, cancellationToken);
    }

    /// <param name="from">Leaves of the earlier tree; from 0 and from the same size to itself there is nothing to prove, and the proof is empty.</param>
    public async Task<IReadOnlyList<byte[]>> ConsistencyAsync(long from, long to, CancellationToken cancellationToken)
    {
        ThrowIfOutside(to);
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        return from == 0 ? [] : await SubtreeConsistencyAsync(0, from, to, cancellationToken);
    }

    /// <summary>Proves leaves <paramref name="start"/> to before <paramref name="end"/> to be part of a tree.</summary>
    public async Task<IReadOnlyList<byte[]>> SubtreeConsistencyAsync(long start, long end, long treeSize, CancellationToken cancellationToken)
    {
        ThrowIfOutside(treeSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, treeSize);
        if (!MerkleTree.IsSubtree(start, end))
        {
            throw new ArgumentException($"Leaves {start} to {end} are not a subtree.", nameof(start));
        }

        var parts = new List<(long Start, long End)>();
        var (low, high, known) = (0L, treeSize, true);
        while (low != start || high != end)
        {
            var middle = low + LeftSize(high - low);
            if (end <= middle)
            {
                parts.Add((middle, high));
                high = middle;
            }
            else
            {
                // Only a subtree that begins where this range begins reaches over the middle; what is left of it is no longer the subtree that is known.
                parts.Add((low, middle));
                if (start < middle)
                {
                    known = false;
                    start = middle;
                }

                low = middle;
            }
        }

        if (!known)
        {
            parts.Add((start, end));
        }

        parts.Reverse();
        return await HashesAsync(parts, cancellationToken);
    }

    /// <summary>Root of the tree as it was at a size.</summary>
    public async Task<byte[]> RootAsync(long treeSize, CancellationToken cancellationToken)
    {
        ThrowIfOutside(treeSize);
        return treeSize == 0 ? MerkleTree.EmptyRoot : await RangeAsync(0, treeSize, cancellationToken);
    }

    /// <summary>The hashes of a tile as it was at a size, partial or full.</summary>
    /// <param name="width">1 to 256.</param>
    public async Task<byte[]> TileAsync(int level, long number, int width, CancellationToken cancellationToken) =>
        (await LoadAsync(level, number, width, cancellationToken)).AsSpan(0, width * MerkleTree.HashSize).ToArray();

    /// <summary>The largest power of two less than <paramref name="count"/>.</summary>
    private static long LeftSize(long count) => 1L << (63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)(count - 1)));

    private void ThrowIfOutside(long treeSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(treeSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(treeSize, size);
    }

    private async Task<IReadOnlyList<byte[]>> HashesAsync(List<(long Start, long End)> ranges, CancellationToken cancellationToken)
    {
        var hashes = new List<byte[]>(ranges.Count);
        foreach (var (start, end) in ranges)
        {
            hashes.Add(await RangeAsync(start, end, cancellationToken));
        }

        return hashes;
    }

    /// <summary>Root of leaves of which the first stands where a whole subtree begins that is not smaller than their number.</summary>
    private async Task<byte[]> RangeAsync(long start, long end, CancellationToken cancellationToken)
    {
        var whole = new List<byte[]>();
        while (end - start is > 0 and var count)
        {
            var level = 63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)count);
            whole.Add(await NodeAsync(level, start >> level, cancellationToken));
            start += 1L << level;
        }

        var root = whole[^1];
        for (var i = whole.Count - 2; i >= 0; i--)
        {
            root = MerkleTree.NodeHash(whole[i], root);
        }

        return root;
    }

    /// <summary>Root of a whole subtree of 2^<paramref name="level"/> leaves.</summary>
    private async Task<byte[]> NodeAsync(int level, long index, CancellationToken cancellationToken)
    {
        var tileLevel = level / MerkleTree.TileHeight;
        var height = level % MerkleTree.TileHeight;
        var first = index << height;
        var offset = (int)(first % MerkleTree.TileWidth);
        var hashes = await LoadAsync(tileLevel, first / MerkleTree.TileWidth, offset + (1 << height), cancellationToken);
        return MerkleTree.SubtreeRoot(hashes.AsSpan(offset * MerkleTree.HashSize, MerkleTree.HashSize << height));
    }

    private async Task<byte[]> LoadAsync(int level, long number, int width, CancellationToken cancellationToken)
    {
        if (_tiles.TryGetValue((level, number), out var known))
        {
            return known;
        }

        var (edge, edgeWidth) = TileBuilder.Edge(size, level);
        if (number > edge || (number == edge && width > edgeWidth))
        {
            throw new ArgumentOutOfRangeException(nameof(width), width, $"Tile {number} of level {level} is not that wide.");
        }

        var hashes = number < edge
            ? (await reader.FullTilesAsync(level, number, 1, cancellationToken))[0]
            : level == 0
                ? await reader.EdgeLeavesAsync(number * MerkleTree.TileWidth, edgeWidth, cancellationToken)
                : await EdgeAsync(level, number, edgeWidth, cancellationToken);
        _tiles[(level, number)] = hashes;
        return hashes;
    }

    /// <summary>The partial tile of a level above the leaves: the roots of full tiles of the level below.</summary>
    private async Task<byte[]> EdgeAsync(int level, long number, int width, CancellationToken cancellationToken)
    {
        var first = number * MerkleTree.TileWidth;
        var hashes = new byte[width * MerkleTree.HashSize];
        var known = 0;
        for (; known < width && _roots.Find(level - 1, first + known) is { } root; known++)
        {
            root.CopyTo(hashes, known * MerkleTree.HashSize);
        }

        if (known < width)
        {
            var tiles = await reader.FullTilesAsync(level - 1, first + known, width - known, cancellationToken);
            for (var i = 0; i < tiles.Count; i++)
            {
                var root = MerkleTree.SubtreeRoot(tiles[i]);
                _roots.Keep(level - 1, first + known + i, root);
                root.CopyTo(hashes, (known + i) * MerkleTree.HashSize);
            }
        }

        return hashes;
    }
}
