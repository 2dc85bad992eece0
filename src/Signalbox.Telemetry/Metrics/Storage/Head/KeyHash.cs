using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Signalbox.Telemetry.Metrics.Storage.Head;

/// <summary>Hashes series keys to 64 bits; seeded a process, so that nobody can send keys that all collide.</summary>
internal static class KeyHash
{
    private const ulong Odd = 0x9e3779b97f4a7c15;
    private static readonly ulong Seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)) | 1;

    public static ulong Of(ReadOnlySpan<byte> key)
    {
        var hash = Seed ^ ((ulong)key.Length * Odd);
        while (key.Length >= 16)
        {
            hash = Mix(BinaryPrimitives.ReadUInt64LittleEndian(key) ^ hash, BinaryPrimitives.ReadUInt64LittleEndian(key[8..]) ^ Seed);
            key = key[16..];
        }

        if (key.Length >= 8)
        {
            hash = Mix(BinaryPrimitives.ReadUInt64LittleEndian(key) ^ hash, Odd);
            key = key[8..];
        }

        ulong tail = 0;
        for (var index = 0; index < key.Length; index++)
        {
            tail |= (ulong)key[index] << (index * 8);
        }

        return Mix(hash ^ tail, Odd);
    }

    private static ulong Mix(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
