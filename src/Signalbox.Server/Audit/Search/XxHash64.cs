using System.Buffers.Binary;
using System.Numerics;

namespace Signalbox.Server.Audit.Search;

/// <summary>The hash XXH64, which is the same on every machine and in every version.</summary>
/// <remarks>Not for secrets: whoever wants to can make collisions, so whatever is found by it is compared. Source: https://github.com/Cyan4973/xxHash/blob/v0.8.2/doc/xxhash_spec.md</remarks>
internal static class XxHash64
{
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;
    private const ulong Prime5 = 0x27D4EB2F165667C5;
    private const int Stripe = 32;

    public static ulong Of(ReadOnlySpan<byte> data, ulong seed)
    {
        var length = (ulong)data.Length;
        var hash = seed + Prime5;
        if (data.Length >= Stripe)
        {
            hash = Stripes(ref data, seed);
        }

        return Finish(hash + length, data);
    }

    private static ulong Stripes(ref ReadOnlySpan<byte> data, ulong seed)
    {
        unchecked
        {
            var (first, second, third, fourth) = (seed + Prime1 + Prime2, seed + Prime2, seed, seed - Prime1);
            do
            {
                first = Round(first, BinaryPrimitives.ReadUInt64LittleEndian(data));
                second = Round(second, BinaryPrimitives.ReadUInt64LittleEndian(data[8..]));
                third = Round(third, BinaryPrimitives.ReadUInt64LittleEndian(data[16..]));
                fourth = Round(fourth, BinaryPrimitives.ReadUInt64LittleEndian(data[24..]));
                data = data[Stripe..];
            }
            while (data.Length >= Stripe);

            var hash = BitOperations.RotateLeft(first, 1) + BitOperations.RotateLeft(second, 7) + BitOperations.RotateLeft(third, 12) + BitOperations.RotateLeft(fourth, 18);
            return Merge(Merge(Merge(Merge(hash, first), second), third), fourth);
        }
    }

    private static ulong Finish(ulong hash, ReadOnlySpan<byte> rest)
    {
        unchecked
        {
            while (rest.Length >= 8)
            {
                hash = (BitOperations.RotateLeft(hash ^ Round(0, BinaryPrimitives.ReadUInt64LittleEndian(rest)), 27) * Prime1) + Prime4;
                rest = rest[8..];
            }

            if (rest.Length >= 4)
            {
                hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime1), 23) * Prime2) + Prime3;
                rest = rest[4..];
            }

            foreach (var value in rest)
            {
                hash = BitOperations.RotateLeft(hash ^ (value * Prime5), 11) * Prime1;
            }

            hash = (hash ^ (hash >> 33)) * Prime2;
            hash = (hash ^ (hash >> 29)) * Prime3;
            return hash ^ (hash >> 32);
        }
    }

    private static ulong Round(ulong lane, ulong input) => unchecked(BitOperations.RotateLeft(lane + (input * Prime2), 31) * Prime1);

    private static ulong Merge(ulong hash, ulong lane) => unchecked(((hash ^ Round(0, lane)) * Prime1) + Prime4);
}
