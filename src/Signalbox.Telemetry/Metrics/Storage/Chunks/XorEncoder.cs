using System.Numerics;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Storage.Chunks;

/// <summary>Packs float samples: times as the change of their distance, values as the XOR with the one before.</summary>
/// <remarks>
/// The first sample's time travels outside the body (it is the chunk's minimum); its value is 64 bits. Each further sample starts with
/// <c>0</c> (distance and value unchanged), <c>10</c> (distance unchanged, new value), <c>110</c>, <c>1110</c>, <c>11110</c>, <c>111110</c>
/// (a change of distance in 7, 14, 20 or 64 bits, then a value) or <c>111111</c> (distance unchanged, stale marker; the value to
/// compare with stays). A value after <c>10</c> is <c>0</c> and bits in the window in use, or <c>1</c>, a new window and bits; after a change of distance
/// the same with <c>1</c> in front, or <c>0</c> for an unchanged value. A window is 5 bits of leading zeros and 6 bits of width (0 means 64).
/// Arithmetic wraps, so any times in any order survive.
/// Source: https://www.vldb.org/pvldb/vol8/p1816-teller.pdf
/// </remarks>
internal static class XorEncoder
{
    /// <summary>Bits of the change of distance behind <c>110</c>, <c>1110</c> and <c>11110</c>.</summary>
    public const int SmallBits = 7;
    public const int MediumBits = 14;
    public const int LargeBits = 20;

    private const int MostLeading = 31;

    /// <summary>What a new window costs; a window wider than needed by more than this is given up.</summary>
    private const int WindowBits = 11;

    public static void Begin(ref XorState state, ref byte[] data, long time, double value)
    {
        state = new XorState { Time = time, Value = BitConverter.DoubleToUInt64Bits(value) };
        BitWriter.Write(ref data, ref state.Bits, state.Value, 64);
    }

    public static void Append(ref XorState state, ref byte[] data, long time, double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var delta = unchecked(time - state.Time);
        var change = unchecked(delta - state.Delta);
        if (change == 0)
        {
            AppendSteady(ref state, ref data, bits);
        }
        else
        {
            AppendChange(ref state, ref data, change);
            if (bits == state.Value)
            {
                BitWriter.Write(ref data, ref state.Bits, 0, 1);
            }
            else
            {
                BitWriter.Write(ref data, ref state.Bits, 1, 1);
                AppendValue(ref state, ref data, bits);
            }
        }

        state.Time = time;
        state.Delta = delta;
    }

    /// <summary>Offset that makes a change of distance non-negative in its class.</summary>
    public static long Bias(int bits) => (1L << (bits - 1)) - 1;

    private static void AppendSteady(ref XorState state, ref byte[] data, ulong bits)
    {
        if (bits == state.Value)
        {
            BitWriter.Write(ref data, ref state.Bits, 0, 1);
        }
        else if (bits == unchecked((ulong)StaleMarker.Bits))
        {
            BitWriter.Write(ref data, ref state.Bits, 0b111111, 6);
        }
        else
        {
            BitWriter.Write(ref data, ref state.Bits, 0b10, 2);
            AppendValue(ref state, ref data, bits);
        }
    }

    private static void AppendChange(ref XorState state, ref byte[] data, long change)
    {
        if (Fits(change, SmallBits))
        {
            BitWriter.Write(ref data, ref state.Bits, (0b110UL << SmallBits) | (ulong)(change + Bias(SmallBits)), 3 + SmallBits);
        }
        else if (Fits(change, MediumBits))
        {
            BitWriter.Write(ref data, ref state.Bits, (0b1110UL << MediumBits) | (ulong)(change + Bias(MediumBits)), 4 + MediumBits);
        }
        else if (Fits(change, LargeBits))
        {
            BitWriter.Write(ref data, ref state.Bits, (0b11110UL << LargeBits) | (ulong)(change + Bias(LargeBits)), 5 + LargeBits);
        }
        else
        {
            BitWriter.Write(ref data, ref state.Bits, 0b111110, 6);
            BitWriter.Write(ref data, ref state.Bits, unchecked((ulong)change), 64);
        }
    }

    private static bool Fits(long change, int bits) => change >= -Bias(bits) && change <= Bias(bits) + 1;

    private static void AppendValue(ref XorState state, ref byte[] data, ulong bits)
    {
        var xor = bits ^ state.Value;
        var leading = Math.Min(BitOperations.LeadingZeroCount(xor), MostLeading);
        var trailing = BitOperations.TrailingZeroCount(xor);
        var width = 64 - leading - trailing;
        var windowTrailing = 64 - state.Leading - state.Width;
        if (state.Width > 0 && leading >= state.Leading && trailing >= windowTrailing && state.Width <= width + WindowBits)
        {
            BitWriter.Write(ref data, ref state.Bits, 0, 1);
            BitWriter.Write(ref data, ref state.Bits, xor >> windowTrailing, state.Width);
        }
        else
        {
            BitWriter.Write(ref data, ref state.Bits, (1UL << WindowBits) | ((ulong)leading << 6) | ((ulong)width & 63), 1 + WindowBits);
            BitWriter.Write(ref data, ref state.Bits, xor >> trailing, width);
            state.Leading = (byte)leading;
            state.Width = (byte)width;
        }

        state.Value = bits;
    }
}
