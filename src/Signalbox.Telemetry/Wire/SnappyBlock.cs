using System.Buffers.Binary;

namespace Signalbox.Telemetry.Wire;

/// <summary>Decodes the snappy block format into memory that the caller has bounded beforehand.</summary>
/// <remarks>
/// Why not the library that encodes: <c>docs/decisions/0011-own-snappy-decoder.md</c>.
/// Source: https://github.com/google/snappy/blob/main/format_description.txt
/// </remarks>
internal static class SnappyBlock
{
    /// <summary>Reads the preamble: the number of bytes that the block expands to, at most 2^32 − 1.</summary>
    /// <param name="preambleLength">Bytes that the preamble itself takes.</param>
    /// <exception cref="WireFormatException">The preamble is cut short or longer than five bytes.</exception>
    public static long ReadLength(ReadOnlySpan<byte> block, out int preambleLength)
    {
        ulong length = 0;
        for (preambleLength = 0; preambleLength < block.Length && preambleLength < 5;)
        {
            var current = block[preambleLength];
            length |= (ulong)(current & 0x7f) << (7 * preambleLength);
            preambleLength++;
            if (current < 0x80)
            {
                return length <= uint.MaxValue ? (long)length : throw Malformed("declares a length beyond 32 bits", 0);
            }
        }

        throw Malformed("has no valid length preamble", 0);
    }

    /// <summary>Expands the elements after the preamble so that they fill <paramref name="destination"/> exactly.</summary>
    /// <exception cref="WireFormatException">An element is cut short, copies from before the start, or the length differs from the declared one.</exception>
    public static void Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var read = 0;
        var written = 0;
        while (read < source.Length)
        {
            var tag = source[read++];
            if ((tag & 3) == 0)
            {
                var length = LiteralLength(source, tag, ref read);
                if (length > source.Length - read || length > destination.Length - written)
                {
                    throw Malformed("has a literal that does not fit", read);
                }

                source.Slice(read, (int)length).CopyTo(destination[written..]);
                read += (int)length;
                written += (int)length;
                continue;
            }

            var (offset, count) = ReadCopy(source, tag, ref read);
            if (offset == 0 || offset > (uint)written || count > destination.Length - written)
            {
                throw Malformed("has a copy that does not fit", read);
            }

            CopyWithin(destination, written, (int)offset, count);
            written += count;
        }

        if (written != destination.Length)
        {
            throw Malformed("is shorter than its preamble declares", read);
        }
    }

    private static long LiteralLength(ReadOnlySpan<byte> source, byte tag, ref int read)
    {
        var length = tag >> 2;
        if (length < 60)
        {
            return length + 1;
        }

        var bytes = length - 59;
        if (bytes > source.Length - read)
        {
            throw Malformed("ends within a literal's length", read);
        }

        long value = 0;
        for (var index = 0; index < bytes; index++)
        {
            value |= (long)source[read++] << (8 * index);
        }

        return value + 1;
    }

    private static (uint Offset, int Count) ReadCopy(ReadOnlySpan<byte> source, byte tag, ref int read)
    {
        var bytes = (tag & 3) == 3 ? 4 : tag & 3;
        if (bytes > source.Length - read)
        {
            throw Malformed("ends within a copy", read);
        }

        var operand = source.Slice(read, bytes);
        read += bytes;
        return bytes switch
        {
            1 => (((uint)(tag & 0xe0) << 3) | operand[0], ((tag >> 2) & 7) + 4),
            2 => (BinaryPrimitives.ReadUInt16LittleEndian(operand), (tag >> 2) + 1),
            _ => (BinaryPrimitives.ReadUInt32LittleEndian(operand), (tag >> 2) + 1),
        };
    }

    /// <summary>Copies from what was written before; an overlapping copy repeats the bytes between.</summary>
    private static void CopyWithin(Span<byte> destination, int written, int offset, int count)
    {
        if (offset >= count)
        {
            destination.Slice(written - offset, count).CopyTo(destination[written..]);
            return;
        }

        for (var index = written; index < written + count; index++)
        {
            destination[index] = destination[index - offset];
        }
    }

    private static WireFormatException Malformed(string what, int offset) => new($"The snappy block {what} (at byte {offset}).");
}
