namespace Signalbox.Server.Audit.Search;

/// <summary>Writes and reads which records of an era have a term: as gaps, as a bitmap, or as the gaps of those that have it not, whichever is shortest.</summary>
internal static class Postings
{
    private const byte Gaps = 0;
    private const byte Bitmap = 1;
    private const byte GapsOfOthers = 2;

    /// <param name="offsets">Ascending, distinct, not empty.</param>
    /// <param name="records">How many records the era has.</param>
    public static void Write(List<byte> target, ReadOnlySpan<int> offsets, int records)
    {
        // A gap takes a byte or two: with more than this many, one of the other forms is shorter.
        if (offsets.Length <= records / 16)
        {
            target.Add(Gaps);
            WriteGaps(target, offsets);
        }
        else if (records - offsets.Length <= records / 16)
        {
            target.Add(GapsOfOthers);
            WriteGaps(target, Others(offsets, records));
        }
        else
        {
            target.Add(Bitmap);
            var start = target.Count;
            target.AddRange(new byte[(records + 7) / 8]);
            foreach (var offset in offsets)
            {
                target[start + (offset >> 3)] |= (byte)(1 << (offset & 7));
            }
        }
    }

    /// <summary>Adds to <paramref name="found"/> the records that are written at the beginning of <paramref name="source"/>.</summary>
    /// <returns>False when the bytes make no sense; then some records may have been added.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, EraBits found)
    {
        if (source.IsEmpty)
        {
            return false;
        }

        var form = source[0];
        source = source[1..];
        switch (form)
        {
            case Gaps:
                return TryReadGaps(source, found, remove: false);
            case GapsOfOthers:
                var all = new EraBits(found.Length);
                all.AddRange(0, all.Length);
                var read = TryReadGaps(source, all, remove: true);
                found.Or(all);
                return read;
            case Bitmap when source.Length >= (found.Length + 7) / 8:
                var bitmap = source[..((found.Length + 7) / 8)];
                found.AddBitmap(bitmap);
                return true;
            default:
                return false;
        }
    }

    private static void WriteGaps(List<byte> target, ReadOnlySpan<int> offsets)
    {
        Varint.Write(target, (ulong)offsets.Length);
        var before = -1;
        foreach (var offset in offsets)
        {
            Varint.Write(target, (ulong)(offset - before - 1));
            before = offset;
        }
    }

    private static bool TryReadGaps(ReadOnlySpan<byte> source, EraBits bits, bool remove)
    {
        if (!Varint.TryRead(ref source, out var count))
        {
            return false;
        }

        var offset = -1L;
        for (var index = 0UL; index < count; index++)
        {
            if (!Varint.TryRead(ref source, out var gap) || gap >= (ulong)(bits.Length - offset - 1))
            {
                return false;
            }

            offset += (long)gap + 1;
            if (remove)
            {
                bits.Remove((int)offset);
            }
            else
            {
                bits.Add((int)offset);
            }
        }

        return true;
    }

    private static int[] Others(ReadOnlySpan<int> offsets, int records)
    {
        var others = new int[records - offsets.Length];
        var (next, count) = (0, 0);
        for (var record = 0; record < records; record++)
        {
            if (next < offsets.Length && offsets[next] == record)
            {
                next++;
            }
            else
            {
                others[count++] = record;
            }
        }

        return others;
    }
}
