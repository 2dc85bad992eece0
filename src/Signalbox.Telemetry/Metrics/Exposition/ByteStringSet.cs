namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>A set of byte strings in one arena, emptied and filled again without allocating.</summary>
internal sealed class ByteStringSet
{
    private byte[] _arena = new byte[256];
    private int _used;
    private Entry[] _entries = new Entry[16];
    private int[] _buckets = new int[16];

    public int Count { get; private set; }

    /// <returns>False when the set has it already.</returns>
    public bool Add(ReadOnlySpan<byte> value)
    {
        var hasher = new HashCode();
        hasher.AddBytes(value);
        var hash = hasher.ToHashCode();
        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        for (var next = bucket; next != 0; next = _entries[next - 1].Next)
        {
            ref readonly var entry = ref _entries[next - 1];
            if (entry.Hash == hash && _arena.AsSpan(entry.Start, entry.Length).SequenceEqual(value))
            {
                return false;
            }
        }

        if (Count == _entries.Length)
        {
            Grow();
            bucket = ref _buckets[hash & (_buckets.Length - 1)];
        }

        if (_used + value.Length > _arena.Length)
        {
            Array.Resize(ref _arena, Math.Max(_arena.Length * 2, _used + value.Length));
        }

        value.CopyTo(_arena.AsSpan(_used));
        _entries[Count] = new Entry(hash, _used, value.Length, bucket);
        _used += value.Length;
        bucket = ++Count;
        return true;
    }

    /// <summary>Empties the set in time that follows its count, not its capacity.</summary>
    public void Clear()
    {
        foreach (var entry in _entries.AsSpan(0, Count))
        {
            _buckets[entry.Hash & (_buckets.Length - 1)] = 0;
        }

        Count = 0;
        _used = 0;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, _entries.Length * 2);
        _buckets = new int[_entries.Length];
        for (var index = 0; index < Count; index++)
        {
            ref var bucket = ref _buckets[_entries[index].Hash & (_buckets.Length - 1)];
            _entries[index] = _entries[index] with { Next = bucket };
            bucket = index + 1;
        }
    }

    /// <param name="Next">One more than the index of the next entry of the bucket; 0 ends it.</param>
    private readonly record struct Entry(int Hash, int Start, int Length, int Next);
}
