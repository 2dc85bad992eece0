using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Signalbox.PromQL.Model;

namespace Signalbox.PromQL.Grouping;

/// <summary>The 64-bit hash by which Prometheus samples series, so that <c>limit_ratio</c> picks the same ones.</summary>
/// <remarks>
/// XXH64 with seed 0 over each name and value in UTF-8 behind its length: one byte below 255, else 255 and three bytes, the lowest first.
/// Source: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
/// </remarks>
internal static class LabelsHash
{
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;
    private const ulong Prime5 = 0x27D4EB2F165667C5;

    public static ulong Of(Labels labels)
    {
        List<byte> bytes = [];
        foreach (var label in labels)
        {
            Append(bytes, label.Name);
            Append(bytes, label.Value);
        }

        return Hash(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes));
    }

    private static void Append(List<byte> bytes, string text)
    {
        var encoded = Encoding.UTF8.GetBytes(text);
        if (encoded.Length < 255)
        {
            bytes.Add((byte)encoded.Length);
        }
        else
        {
            bytes.AddRange([255, (byte)encoded.Length, (byte)(encoded.Length >> 8), (byte)(encoded.Length >> 16)]);
        }

        bytes.AddRange(encoded);
    }

    private static ulong Hash(ReadOnlySpan<byte> input)
    {
        var length = (ulong)input.Length;
        var hash = input.Length >= 32 ? Stripes(ref input) : Prime5;
        hash += length;
        for (; input.Length >= 8; input = input[8..])
        {
            hash = (BitOperations.RotateLeft(hash ^ Round(0, BinaryPrimitives.ReadUInt64LittleEndian(input)), 27) * Prime1) + Prime4;
        }

        if (input.Length >= 4)
        {
            hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(input) * Prime1), 23) * Prime2) + Prime3;
            input = input[4..];
        }

        foreach (var unit in input)
        {
            hash = BitOperations.RotateLeft(hash ^ (unit * Prime5), 11) * Prime1;
        }

        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }

    private static ulong Stripes(ref ReadOnlySpan<byte> input)
    {
        Span<ulong> lanes = [unchecked(Prime1 + Prime2), Prime2, 0, unchecked(0 - Prime1)];
        for (; input.Length >= 32; input = input[32..])
        {
            for (var lane = 0; lane < 4; lane++)
            {
                lanes[lane] = Round(lanes[lane], BinaryPrimitives.ReadUInt64LittleEndian(input[(lane * 8)..]));
            }
        }

        var hash = BitOperations.RotateLeft(lanes[0], 1) + BitOperations.RotateLeft(lanes[1], 7)
            + BitOperations.RotateLeft(lanes[2], 12) + BitOperations.RotateLeft(lanes[3], 18);
        foreach (var lane in lanes)
        {
            hash = ((hash ^ Round(0, lane)) * Prime1) + Prime4;
        }

        return hash;
    }

    private static ulong Round(ulong accumulator, ulong input) => BitOperations.RotateLeft(accumulator + (input * Prime2), 31) * Prime1;
}
