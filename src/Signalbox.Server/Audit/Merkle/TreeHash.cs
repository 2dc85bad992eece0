using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Signalbox.Server.Audit.Keys;

namespace Signalbox.Server.Audit.Merkle;

/// <summary>SHA-256 of a prefix byte and one or two texts, without a context to make and throw away each time.</summary>
/// <remarks>
/// .NET's one-shot hash looks its algorithm up in OpenSSL at each call, which takes several times as long as hashing 65 bytes. Where libcrypto
/// offers its plain functions, they are used on a state of the stack; elsewhere .NET's hash gives the same result.
/// </remarks>
internal static class TreeHash
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int NodeInput = 1 + (2 * MerkleTree.HashSize);

    private static readonly bool IsDirect = Probe();

    public static void Leaf(ReadOnlySpan<byte> entry, Span<byte> hash)
    {
        if (IsDirect)
        {
            var state = default(Sha256State);
            var prefix = LeafPrefix;
            _ = LibCrypto.Sha256Init(ref state);
            _ = LibCrypto.Sha256Update(ref state, ref prefix, 1);
            if (!entry.IsEmpty)
            {
                _ = LibCrypto.Sha256Update(ref state, ref MemoryMarshal.GetReference(entry), (nuint)entry.Length);
            }

            _ = LibCrypto.Sha256Final(ref MemoryMarshal.GetReference(hash[..MerkleTree.HashSize]), ref state);
            return;
        }

        var input = ArrayPool<byte>.Shared.Rent(entry.Length + 1);
        input[0] = LeafPrefix;
        entry.CopyTo(input.AsSpan(1));
        SHA256.HashData(input.AsSpan(0, entry.Length + 1), hash);
        ArrayPool<byte>.Shared.Return(input, clearArray: true);
    }

    public static void Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> hash)
    {
        Span<byte> input = stackalloc byte[NodeInput];
        input[0] = NodePrefix;
        left[..MerkleTree.HashSize].CopyTo(input[1..]);
        right[..MerkleTree.HashSize].CopyTo(input[(1 + MerkleTree.HashSize)..]);
        if (!IsDirect)
        {
            SHA256.HashData(input, hash);
            return;
        }

        var state = default(Sha256State);
        _ = LibCrypto.Sha256Init(ref state);
        _ = LibCrypto.Sha256Update(ref state, ref MemoryMarshal.GetReference(input), NodeInput);
        _ = LibCrypto.Sha256Final(ref MemoryMarshal.GetReference(hash[..MerkleTree.HashSize]), ref state);
    }

    // What it gives is compared once with .NET's own, so that a library that differs is not trusted.
    private static bool Probe()
    {
        if (!LibCrypto.IsPresent)
        {
            return false;
        }

        try
        {
            var state = default(Sha256State);
            var prefix = NodePrefix;
            var hash = new byte[MerkleTree.HashSize];
            return LibCrypto.Sha256Init(ref state) == 1
                && LibCrypto.Sha256Update(ref state, ref prefix, 1) == 1
                && LibCrypto.Sha256Final(ref hash[0], ref state) == 1
                && hash.AsSpan().SequenceEqual(SHA256.HashData([NodePrefix]));
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }
}
