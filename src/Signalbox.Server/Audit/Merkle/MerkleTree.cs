using System.Security.Cryptography;

namespace Signalbox.Server.Audit.Merkle;

/// <summary>The hashes of a Merkle tree as certificate transparency defines it: SHA-256, with leaves and nodes told apart by their first byte.</summary>
/// <remarks>Source: https://www.rfc-editor.org/rfc/rfc6962#section-2.1</remarks>
internal static class MerkleTree
{
    /// <summary>Length of every hash, in bytes.</summary>
    public const int HashSize = 32;

    /// <summary>Hashes in a full tile.</summary>
    public const int TileWidth = 256;

    /// <summary>Length of a full tile, in bytes.</summary>
    public const int TileSize = TileWidth * HashSize;

    /// <summary>Halvings of the tree that one level of tiles holds.</summary>
    public const int TileHeight = 8;

    private static readonly byte[] EmptyRootHash = SHA256.HashData([]);

    /// <summary>Root of the tree without leaves; a fresh array each time, so that nobody can change it for others.</summary>
    public static byte[] EmptyRoot => [.. EmptyRootHash];

    public static byte[] LeafHash(ReadOnlySpan<byte> entry)
    {
        var hash = new byte[HashSize];
        LeafHash(entry, hash);
        return hash;
    }

    /// <param name="hash">Takes the 32 bytes.</param>
    public static void LeafHash(ReadOnlySpan<byte> entry, Span<byte> hash) => TreeHash.Leaf(entry, hash);

    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var hash = new byte[HashSize];
        NodeHash(left, right, hash);
        return hash;
    }

    /// <param name="hash">Takes the 32 bytes; may be the memory of either child.</param>
    public static void NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> hash) => TreeHash.Node(left, right, hash);

    /// <summary>Root of the whole subtree over hashes whose number is a power of two, such as those of a full tile.</summary>
    /// <param name="hashes">At most 256 of them, one after the other.</param>
    public static byte[] SubtreeRoot(ReadOnlySpan<byte> hashes)
    {
        Span<byte> work = stackalloc byte[TileSize];
        hashes.CopyTo(work);
        for (var count = hashes.Length / HashSize; count > 1; count /= 2)
        {
            for (var i = 0; i < count / 2; i++)
            {
                NodeHash(work.Slice(2 * i * HashSize, HashSize), work.Slice(((2 * i) + 1) * HashSize, HashSize), work.Slice(i * HashSize, HashSize));
            }
        }

        return work[..HashSize].ToArray();
    }

    /// <summary>Whether leaves <paramref name="start"/> to before <paramref name="end"/> are a subtree of some tree: one that starts where a power of two not smaller than its size starts.</summary>
    /// <remarks>Source: https://www.ietf.org/archive/id/draft-ietf-plants-merkle-tree-certs-02.html#name-subtrees</remarks>
    public static bool IsSubtree(long start, long end) =>
        start >= 0 && end > start && (start & ((long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)(end - start)) - 1)) == 0;
}
