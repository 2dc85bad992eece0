using System.Numerics;

namespace Signalbox.Server.Audit.Search;

/// <summary>A set of records of one era, one bit each.</summary>
internal sealed class EraBits
{
    private readonly ulong[] _words;

    public EraBits(int records)
    {
        Length = records;
        _words = new ulong[(records + 63) / 64];
    }

    public int Length { get; }

    public bool IsEmpty => _words.AsSpan().IndexOfAnyExcept(0UL) < 0;

    /// <summary>How many records it has.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var word in _words)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    public bool this[int offset] => (_words[offset >> 6] >> offset & 1) != 0;

    public void Add(int offset) => _words[offset >> 6] |= 1UL << offset;

    public void Remove(int offset) => _words[offset >> 6] &= ~(1UL << offset);

    public void Clear() => Array.Clear(_words);

    /// <summary>Adds the records from <paramref name="from"/> up to but not including <paramref name="until"/>.</summary>
    public void AddRange(int from, int until)
    {
        while (from < until)
        {
            var (word, bit) = (from >> 6, from & 63);
            var count = Math.Min(64 - bit, until - from);
            _words[word] |= (count == 64 ? ulong.MaxValue : (1UL << count) - 1) << bit;
            from += count;
        }
    }

    public void RemoveRange(int from, int until)
    {
        while (from < until)
        {
            var (word, bit) = (from >> 6, from & 63);
            var count = Math.Min(64 - bit, until - from);
            _words[word] &= ~((count == 64 ? ulong.MaxValue : (1UL << count) - 1) << bit);
            from += count;
        }
    }

    /// <summary>Adds what <paramref name="bitmap"/> has, one bit a record, the lowest bit of a byte first.</summary>
    public void AddBitmap(ReadOnlySpan<byte> bitmap)
    {
        for (var index = 0; index < bitmap.Length; index++)
        {
            _words[index >> 3] |= (ulong)bitmap[index] << ((index & 7) * 8);
        }
    }

    public void And(EraBits other)
    {
        for (var index = 0; index < _words.Length; index++)
        {
            _words[index] &= other._words[index];
        }
    }

    public void Or(EraBits other)
    {
        for (var index = 0; index < _words.Length; index++)
        {
            _words[index] |= other._words[index];
        }
    }

    /// <returns>The lowest record at or above <paramref name="from"/>; -1 for none.</returns>
    public int NextUp(int from)
    {
        if (from >= Length)
        {
            return -1;
        }

        var word = from >> 6;
        var bits = _words[word] & (ulong.MaxValue << from);
        while (bits == 0)
        {
            if (++word == _words.Length)
            {
                return -1;
            }

            bits = _words[word];
        }

        return (word << 6) + BitOperations.TrailingZeroCount(bits);
    }

    /// <returns>The highest record at or below <paramref name="from"/>; -1 for none.</returns>
    public int NextDown(int from)
    {
        if (from < 0)
        {
            return -1;
        }

        var word = from >> 6;
        var bits = _words[word] & (ulong.MaxValue >> (63 - (from & 63)));
        while (bits == 0)
        {
            if (--word < 0)
            {
                return -1;
            }

            bits = _words[word];
        }

        return (word << 6) + 63 - BitOperations.LeadingZeroCount(bits);
    }
}
