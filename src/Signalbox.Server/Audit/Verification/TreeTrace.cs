using Signalbox.Server.Audit.Merkle;

namespace Signalbox.Server.Audit.Verification;

/// <summary>The roots of all tiles of level 0 that a verification went through, and what is needed for the root of the tree at some sizes in between.</summary>
/// <remarks>Tiles may be noted on several threads, each once.</remarks>
internal sealed class TreeTrace
{
    private readonly CompactRange _before;
    private readonly long _start;
    private readonly byte[] _roots;
    private readonly Dictionary<long, List<long>> _sizes = [];
    private readonly Dictionary<long, byte[]?> _partial = [];
    private readonly Lock _gate = new();

    /// <param name="start">First tile; what is before it is in <paramref name="before"/>.</param>
    /// <param name="until">After the last full tile.</param>
    /// <param name="before">The tree of the tiles before, a leaf for each tile; empty for a verification from the beginning.</param>
    /// <param name="sizes">Of trees whose roots will be asked for.</param>
    public TreeTrace(long start, long until, CompactRange before, IEnumerable<long> sizes)
    {
        (_start, _before) = (start, before);
        _roots = new byte[(until - start) * MerkleTree.HashSize];
        foreach (var size in sizes.Where(static size => size % MerkleTree.TileWidth != 0).Distinct())
        {
            var tile = size / MerkleTree.TileWidth;
            if (!_sizes.TryGetValue(tile, out var list))
            {
                _sizes[tile] = list = [];
            }

            list.Add(size);
        }
    }

    /// <summary>Notes a full tile's root, and the roots within it that were asked for.</summary>
    /// <param name="leaves">Fewer than 256 for the right edge.</param>
    public void Note(long number, ReadOnlySpan<byte> leaves)
    {
        if (leaves.Length == MerkleTree.TileSize)
        {
            MerkleTree.SubtreeRoot(leaves).CopyTo(_roots, (number - _start) * MerkleTree.HashSize);
        }

        if (!_sizes.TryGetValue(number, out var sizes))
        {
            return;
        }

        foreach (var size in sizes)
        {
            var width = (int)(size % MerkleTree.TileWidth);
            if (leaves.Length < width * MerkleTree.HashSize)
            {
                continue;
            }

            var root = RootOf(leaves[..(width * MerkleTree.HashSize)]);
            lock (_gate)
            {
                _partial[size] = root;
            }
        }
    }

    /// <summary>Notes a root that is only known, not made of leaves.</summary>
    public void NoteRoot(long number, ReadOnlySpan<byte> root) => root.CopyTo(_roots.AsSpan((int)((number - _start) * MerkleTree.HashSize)));

    public ReadOnlySpan<byte> RootsOf(long first, int count) => _roots.AsSpan((int)((first - _start) * MerkleTree.HashSize), count * MerkleTree.HashSize);

    /// <summary>The roots of the tree at these sizes; sizes whose leaves were not seen are left out.</summary>
    /// <param name="sizes">In ascending order.</param>
    public IEnumerable<(long Size, byte[] Root)> Roots(IEnumerable<long> sizes)
    {
        var range = _before.Clone();
        var tile = _start;
        foreach (var size in sizes)
        {
            for (; tile < size / MerkleTree.TileWidth; tile++)
            {
                range.Append(RootsOf(tile, 1));
            }

            if (size < _start * MerkleTree.TileWidth)
            {
                continue;
            }

            if (size % MerkleTree.TileWidth == 0)
            {
                yield return (size, range.Root());
            }
            else if (_partial.GetValueOrDefault(size) is { } partial)
            {
                yield return (size, range.RootWith(partial));
            }
        }
    }

    /// <summary>The whole subtrees of the tree at a size, as <see cref="CompactRange"/> has them: those of full tiles, then those of the edge.</summary>
    public byte[] Subtrees(long tiles)
    {
        var range = _before.Clone();
        for (var tile = _start; tile < tiles; tile++)
        {
            range.Append(RootsOf(tile, 1));
        }

        return range.Hashes.ToArray();
    }

    private static byte[] RootOf(ReadOnlySpan<byte> leaves)
    {
        var range = CompactRange.Restore(0, []);
        for (var at = 0; at < leaves.Length; at += MerkleTree.HashSize)
        {
            range.Append(leaves.Slice(at, MerkleTree.HashSize));
        }

        return range.Root();
    }
}
