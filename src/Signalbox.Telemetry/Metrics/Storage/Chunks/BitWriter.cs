using System.Buffers.Binary;

namespace Signalbox.Telemetry.Metrics.Storage.Chunks;

/// <summary>Appends bits to a growing array, most significant bit first.</summary>
/// <remarks>
/// Bits that were written never change afterwards, and a grown array starts with the old one's bits. So a reader that learnt of a length
/// before it took the array can decode that many bits while the writer goes on.
/// </remarks>
internal static class BitWriter
{
    /// <summary>A write touches at most this many bytes from the one it starts in.</summary>
    private const int Reach = 9;

    /// <param name="data">Zero beyond <paramref name="bits"/>; replaced when it is too short.</param>
    /// <param name="bits">Bits already written; advanced by <paramref name="count"/>.</param>
    /// <param name="value">Nothing set above its low <paramref name="count"/> bits.</param>
    /// <param name="count">1 … 64.</param>
    public static void Write(ref byte[] data, ref int bits, ulong value, int count)
    {
        var index = bits >> 3;
        if (index + Reach > data.Length)
        {
            Grow(ref data, index);
        }

        var offset = bits & 7;
        var aligned = value << (64 - count);
        var word = data.AsSpan(index, Reach);
        BinaryPrimitives.WriteUInt64BigEndian(word, BinaryPrimitives.ReadUInt64BigEndian(word) | (aligned >> offset));
        if (offset + count > 64)
        {
            word[8] = (byte)((aligned << (64 - offset)) >> 56);
        }

        bits += count;
    }

    private static void Grow(ref byte[] data, int index)
    {
        var larger = new byte[Math.Max(index + Reach, data.Length + Math.Max(16, data.Length / 2))];
        data.CopyTo(larger, 0);
        Volatile.Write(ref data, larger);
    }
}
