using System.Numerics;

namespace Signalbox.Server.Audit.Merkle;

/// <summary>A growing Merkle tree of which only the roots of its whole subtrees are kept: one for each bit that is set in its size.</summary>
/// <remarks>Appending costs one hash on average and allocates nothing. Not thread-safe.</remarks>
internal sealed class CompactRange
{
    private const int MostSubtrees = 63;

    // From the largest subtree, which is the leftmost, to the smallest.
    private readonly byte[] _hashes = new byte[(MostSubtrees + 1) * MerkleTree.HashSize];

    /// <summary>Leaves.</summary>
    public long Size { get; private set; }

    /// <summary>The roots of the whole subtrees, from the largest to the smallest, one after the other.</summary>
    public ReadOnlySpan<byte> Hashes => _hashes.AsSpan(0, BitOperations.PopCount((ulong)Size) * MerkleTree.HashSize);

    /// <param name="hashes">As <see cref="Hashes"/> gave them.</param>
    /// <exception cref="ArgumentException">They are not as many as a tree of this size has.</exception>
    public static CompactRange Restore(long size, ReadOnlySpan<byte> hashes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (hashes.Length != BitOperations.PopCount((ulong)size) * MerkleTree.HashSize)
        {
            throw new ArgumentException($"A tree of {size} leaves has {BitOperations.PopCount((ulong)size)} whole subtrees, not {hashes.Length / (double)MerkleTree.HashSize}.", nameof(hashes));
        }

        var range = new CompactRange { Size = size };
        hashes.CopyTo(range._hashes);
        return range;
    }

    /// <param name="leafHash">32 bytes.</param>
    public void Append(ReadOnlySpan<byte> leafHash)
    {
        var count = BitOperations.PopCount((ulong)Size);
        leafHash[..MerkleTree.HashSize].CopyTo(Slot(count));
        for (var merges = BitOperations.TrailingZeroCount(~Size); merges > 0; merges--, count--)
        {
            MerkleTree.NodeHash(Slot(count - 1), Slot(count), Slot(count - 1));
        }

        Size++;
    }

    public byte[] Root()
    {
        var count = BitOperations.PopCount((ulong)Size);
        if (count == 0)
        {
            return MerkleTree.EmptyRoot;
        }

        var root = Slot(count - 1).ToArray();
        for (var i = count - 2; i >= 0; i--)
        {
            MerkleTree.NodeHash(Slot(i), root, root);
        }

        return root;
    }

    /// <summary>The root that the tree had if one more, smaller, subtree followed; what the leaves of this range are does not matter.</summary>
    public byte[] RootWith(ReadOnlySpan<byte> rest)
    {
        var root = rest[..MerkleTree.HashSize].ToArray();
        for (var i = BitOperations.PopCount((ulong)Size) - 1; i >= 0; i--)
        {
            MerkleTree.NodeHash(Slot(i), root, root);
        }

        return root;
    }

    public CompactRange Clone() => Restore(Size, Hashes);

    private Span<byte> Slot(int index) => _hashes.AsSpan(index * MerkleTree.HashSize, MerkleTree.HashSize);
}
