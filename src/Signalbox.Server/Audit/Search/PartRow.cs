using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Signalbox.Server.Audit.Search;

/// <summary>One row of the index: the terms of one part of one era, each with its records.</summary>
/// <remarks>
/// Layout, little-endian: version 1 (1 byte), flags (1; bit 0: wide slots), zero (2), number of terms (4), checksum (8), the terms' keys in ascending order (4 each), a slot
/// a term (2, or 4 where they are wide), <see cref="Postings"/>. A slot holds the record of a term that only one record has, otherwise its top bit is set and the
/// rest says where its postings begin, counted from the end of the slots. The checksum is <see cref="XxHash64"/> of all other bytes, seeded with the row's position.
/// </remarks>
internal static class PartRow
{
    public const byte Version = 1;

    private const int ChecksumAt = 8;
    private const int HeaderLength = 16;
    private const int KeyLength = 4;
    private const byte WideFlag = 1;
    private const uint NarrowMark = 0x8000;
    private const uint WideMark = 0x8000_0000;

    /// <param name="pairs">Key in the upper 32 bits, record in the lower: ascending; the same pair may come twice.</param>
    public static byte[] Write(ReadOnlySpan<ulong> pairs, long position, int records, PartScratch scratch)
    {
        scratch.Clear();
        for (var start = 0; start < pairs.Length;)
        {
            var key = (uint)(pairs[start] >> 32);
            scratch.Offsets.Clear();
            var end = start;
            for (; end < pairs.Length && (uint)(pairs[end] >> 32) == key; end++)
            {
                var offset = (int)(uint)pairs[end];
                if (scratch.Offsets.Count == 0 || scratch.Offsets[^1] != offset)
                {
                    scratch.Offsets.Add(offset);
                }
            }

            scratch.Add(key, records);
            start = end;
        }

        return Assemble(scratch, position);
    }

    /// <summary>Whether the row is whole, and the row of this position.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> row, long position) =>
        row.Length >= HeaderLength && row[0] == Version && Slots(row) is not null && BinaryPrimitives.ReadUInt64LittleEndian(row[ChecksumAt..]) == Checksum(row, position);

    /// <summary>Adds the records of the term with this key.</summary>
    /// <returns>False when the row makes no sense.</returns>
    public static bool TryFind(ReadOnlySpan<byte> row, uint key, EraBits found)
    {
        if (Slots(row) is not { } slots)
        {
            return false;
        }

        var index = IndexOf(row, slots.Count, key);
        if (index < 0)
        {
            return true;
        }

        var (slot, mark) = slots.Wide
            ? (BinaryPrimitives.ReadUInt32LittleEndian(row[(slots.Start + (index * 4))..]), WideMark)
            : (BinaryPrimitives.ReadUInt16LittleEndian(row[(slots.Start + (index * 2))..]), NarrowMark);
        var value = slot & ~mark;
        if ((slot & mark) != 0)
        {
            return value < row.Length - slots.End && Postings.TryRead(row[(slots.End + (int)value)..], found);
        }

        if (value >= found.Length)
        {
            return false;
        }

        found.Add((int)value);
        return true;
    }

    private static byte[] Assemble(PartScratch scratch, long position)
    {
        var wide = scratch.Postings.Count > NarrowMark;
        var slotLength = wide ? 4 : 2;
        var row = new byte[HeaderLength + (scratch.Keys.Count * (KeyLength + slotLength)) + scratch.Postings.Count];
        row[0] = Version;
        row[1] = wide ? WideFlag : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(row.AsSpan(4), scratch.Keys.Count);
        var keys = row.AsSpan(HeaderLength);
        var slots = keys[(scratch.Keys.Count * KeyLength)..];
        for (var index = 0; index < scratch.Keys.Count; index++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(keys[(index * KeyLength)..], scratch.Keys[index]);
            var (value, isPlace) = scratch.Slots[index];
            if (wide)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(slots[(index * 4)..], (uint)value | (isPlace ? WideMark : 0));
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(slots[(index * 2)..], (ushort)((uint)value | (isPlace ? NarrowMark : 0)));
            }
        }

        CollectionsMarshal.AsSpan(scratch.Postings).CopyTo(slots[(scratch.Keys.Count * slotLength)..]);
        BinaryPrimitives.WriteUInt64LittleEndian(row.AsSpan(ChecksumAt), Checksum(row, position));
        return row;
    }

    private static ulong Checksum(ReadOnlySpan<byte> row, long position) =>
        XxHash64.Of(row[HeaderLength..], unchecked((ulong)position * 31) ^ BinaryPrimitives.ReadUInt64LittleEndian(row));

    /// <returns>Null when the row is too short for what it says.</returns>
    private static SlotPlace? Slots(ReadOnlySpan<byte> row)
    {
        if (row.Length < HeaderLength)
        {
            return null;
        }

        var wide = (row[1] & WideFlag) != 0;
        var count = BinaryPrimitives.ReadUInt32LittleEndian(row[4..]);
        var length = wide ? 4 : 2;
        if (count > (uint)(row.Length - HeaderLength) / (uint)(KeyLength + length))
        {
            return null;
        }

        var start = HeaderLength + ((int)count * KeyLength);
        return new SlotPlace((int)count, wide, start, start + ((int)count * length));
    }

    private static int IndexOf(ReadOnlySpan<byte> row, int count, uint key)
    {
        var (low, high) = (0, count - 1);
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var there = BinaryPrimitives.ReadUInt32LittleEndian(row[(HeaderLength + (middle * KeyLength))..]);
            if (there == key)
            {
                return middle;
            }

            if (there < key)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return -1;
    }

    private readonly record struct SlotPlace(int Count, bool Wide, int Start, int End);
}
