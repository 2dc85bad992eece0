namespace Signalbox.Server.Audit.Merkle;

/// <summary>Checks that a tree is the beginning of a later one: nothing of it was changed, and nothing taken away.</summary>
/// <remarks>Source: https://www.rfc-editor.org/rfc/rfc9162#section-2.1.4.2 (the trees are those of RFC 6962)</remarks>
internal static class ConsistencyProof
{
    /// <returns>
    /// False for every proof that is not exactly right. Trees of the same size need the same root and no proof. A proof from the empty tree to another
    /// says nothing, so there is none.
    /// </returns>
    public static bool Verify(long from, long to, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> fromRoot, ReadOnlySpan<byte> toRoot)
    {
        if (from < 0 || from > to)
        {
            return false;
        }

        if (from == to)
        {
            return proof.Count == 0 && fromRoot.SequenceEqual(toRoot);
        }

        return from > 0 && VerifySubtree(0, from, to, proof, fromRoot, toRoot);
    }

    /// <summary>Checks that leaves <paramref name="start"/> to before <paramref name="end"/>, whose root is <paramref name="subtreeRoot"/>, are part of a tree.</summary>
    /// <returns>False for every proof that is not exactly right. An empty subtree is part of every tree, and its root is that of the empty tree.</returns>
    /// <remarks>Source: https://www.ietf.org/archive/id/draft-ietf-plants-merkle-tree-certs-02.html#name-subtree-consistency-proofs</remarks>
    public static bool VerifySubtree(long start, long end, long size, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> subtreeRoot, ReadOnlySpan<byte> root)
    {
        if (start < 0 || start > end || end > size)
        {
            return false;
        }

        if (start == end)
        {
            return proof.Count == 0 && subtreeRoot.SequenceEqual(MerkleTree.EmptyRoot);
        }

        if (!MerkleTree.IsSubtree(start, end) || !Proofs.AreHashes(proof))
        {
            return false;
        }

        return start == 0 && end == size
            ? proof.Count == 0 && subtreeRoot.SequenceEqual(root)
            : Walk(start, end, size, proof, subtreeRoot, root);
    }

    private static bool Walk(long start, long end, long size, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> subtreeRoot, ReadOnlySpan<byte> root)
    {
        var (first, node, last) = (start, end - 1, size - 1);

        // The proof begins at the largest whole subtree on the subtree's right edge; where that is the subtree itself, its root is known.
        while (first != node && ((node & 1) == 1 || node == last))
        {
            (first, node, last) = (first >> 1, node >> 1, last >> 1);
        }

        // Where the subtree is not whole, the proof begins with the root of what is.
        var known = first == node;
        if (known ? subtreeRoot.Length != MerkleTree.HashSize : proof.Count == 0)
        {
            return false;
        }

        byte[] small = known ? subtreeRoot.ToArray() : [.. proof[0]];
        byte[] large = [.. small];
        for (var rest = known ? 0 : 1; rest < proof.Count; rest++)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                if (first < node)
                {
                    MerkleTree.NodeHash(proof[rest], small, small);
                }

                MerkleTree.NodeHash(proof[rest], large, large);
                while ((node & 1) == 0 && node != 0)
                {
                    (first, node, last) = (first >> 1, node >> 1, last >> 1);
                }
            }
            else
            {
                MerkleTree.NodeHash(large, proof[rest], large);
            }

            (first, node, last) = (first >> 1, node >> 1, last >> 1);
        }

        return last == 0 && subtreeRoot.SequenceEqual(small) && root.SequenceEqual(large);
    }
}
