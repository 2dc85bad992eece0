namespace Signalbox.Telemetry.Metrics.Storage.Index;

/// <summary>A list that one writer appends to while any readers look at what was there before, without a lock.</summary>
internal sealed class AppendOnlyList<T>(int capacity)
{
    private T[] _items = new T[capacity];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add(T item)
    {
        if (_count == _items.Length)
        {
            var larger = new T[Math.Max(4, _count + (_count >> 1))];
            _items.CopyTo(larger, 0);
            Volatile.Write(ref _items, larger);
        }

        _items[_count] = item;
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>The items so far; stays as it is while more are appended.</summary>
    public ReadOnlySpan<T> Snapshot()
    {
        // The count first: whatever array is seen after it holds at least that many items.
        var count = Count;
        return Volatile.Read(ref _items).AsSpan(0, count);
    }
}
