namespace Signalbox.Server.Audit.Merkle;

/// <summary>What all proofs have in common.</summary>
internal static class Proofs
{
    /// <summary>Hashes that no proof of a tree of at most 2^63 leaves exceeds.</summary>
    public const int MostHashes = 64;

    public static bool AreHashes(IReadOnlyList<byte[]> proof) => proof.Count <= MostHashes && proof.All(static hash => hash.Length == MerkleTree.HashSize);
}
