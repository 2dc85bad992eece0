namespace Signalbox.Server.Audit.Merkle;

/// <summary>Checks that a leaf is in a tree.</summary>
/// <remarks>Source: https://www.rfc-editor.org/rfc/rfc9162#section-2.1.3.2 (the trees are those of RFC 6962)</remarks>
internal static class InclusionProof
{
    /// <summary>Hashes that a right proof has; never more than 63.</summary>
    /// <param name="index">From 0, less than <paramref name="size"/>.</param>
    public static int Length(long index, long size)
    {
        var length = 0;
        for (var (node, last) = (index, size - 1); last > 0; node >>= 1, last >>= 1)
        {
            if ((node & 1) == 1 || node < last)
            {
                length++;
            }
        }

        return length;
    }

    /// <param name="index">The leaf's sequence, from 0.</param>
    /// <param name="size">Leaves of the tree.</param>
    /// <param name="proof">From the leaf's level upwards.</param>
    /// <returns>False for every proof that is not exactly right, whatever is wrong with it.</returns>
    public static bool Verify(long index, long size, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root) =>
        TryRoot(index, size, leafHash, proof, out var found) && root.SequenceEqual(found);

    /// <summary>The root that a proof leads to.</summary>
    public static bool TryRoot(long index, long size, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> proof, out byte[] root)
    {
        root = [];
        if (index < 0 || index >= size || leafHash.Length != MerkleTree.HashSize || !Proofs.AreHashes(proof))
        {
            return false;
        }

        var hash = leafHash.ToArray();
        var (node, last) = (index, size - 1);
        foreach (var sibling in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                MerkleTree.NodeHash(sibling, hash, hash);

                // Up to where the node is a right child: on the right edge, levels without a sibling are passed over.
                while ((node & 1) == 0 && node != 0)
                {
                    node >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                MerkleTree.NodeHash(hash, sibling, hash);
            }

            node >>= 1;
            last >>= 1;
        }

        root = hash;
        return last == 0;
    }

    /// <summary>The same within a subtree: leaves <paramref name="start"/> to before <paramref name="end"/> of the whole log.</summary>
    /// <remarks>Source: https://www.ietf.org/archive/id/draft-ietf-plants-merkle-tree-certs-02.html#name-subtree-inclusion-proofs</remarks>
    public static bool VerifySubtree(long index, long start, long end, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root) =>
        MerkleTree.IsSubtree(start, end) && index >= start && index < end && Verify(index - start, end - start, leafHash, proof, root);
}
