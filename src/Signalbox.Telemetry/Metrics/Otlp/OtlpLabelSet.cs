namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>The labels of one data point, from which the keys of its series are made.</summary>
/// <remarks>Usage: <c>Clear</c>, <c>Add</c>…, <c>Seal</c>, then <c>Key</c> for each series. Not thread-safe.</remarks>
internal sealed class OtlpLabelSet
{
    private readonly OtlpNaming _naming;
    private readonly Comparison<Entry> _order;
    private readonly List<Entry> _entries = [];
    private byte[] _text = new byte[1024];
    private int _textLength;
    private byte[] _key = new byte[1024];
    private int _keyLength;

    public OtlpLabelSet(OtlpNaming naming)
    {
        _naming = naming;
        _order = Compare;
    }

    /// <summary>Labels in the key that was made last.</summary>
    public int KeyLabelCount { get; private set; }

    public void Clear()
    {
        _entries.Clear();
        _textLength = 0;
    }

    /// <summary>Adds an attribute under its translated name; an empty value is left out.</summary>
    /// <returns>False when nothing usable is left of the name.</returns>
    public bool AddTranslated(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, OtlpLabelPriority priority)
    {
        Reserve(ref _text, _textLength, (2 * key.Length) + 4);
        var nameLength = _naming.WriteLabelName(key, _text.AsSpan(_textLength));
        if (nameLength == 0)
        {
            return false;
        }

        var name = new OtlpSlice(_textLength, nameLength);
        _textLength += nameLength;
        Add(name, AddText(key), value, priority);
        return true;
    }

    /// <summary>Adds a label whose name needs no translation.</summary>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, OtlpLabelPriority priority)
    {
        var slice = AddText(name);
        Add(slice, slice, value, priority);
    }

    /// <summary>Sorts the labels and settles which of those with the same name stands.</summary>
    public void Seal()
    {
        _entries.Sort(_order);
        var kept = 0;
        for (var index = 0; index < _entries.Count; index++)
        {
            var entry = _entries[index];
            if (kept == 0 || !Text(_entries[kept - 1].Name).SequenceEqual(Text(entry.Name)))
            {
                _entries[kept++] = entry;
            }
            else if (_entries[kept - 1].Priority == entry.Priority && entry.Priority == OtlpLabelPriority.Attribute)
            {
                _entries[kept - 1] = _entries[kept - 1] with { Value = Join(_entries[kept - 1].Value, entry.Value) };
            }
        }

        _entries.RemoveRange(kept, _entries.Count - kept);
    }

    /// <summary>Makes the key of a series: the labels, its name, and one label more where the type has one.</summary>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<byte> Key(
        ReadOnlySpan<byte> metric, ReadOnlySpan<byte> suffix = default, ReadOnlySpan<byte> extraName = default, ReadOnlySpan<byte> extraValue = default)
    {
        _keyLength = 0;
        KeyLabelCount = 0;
        var namePending = true;
        var extraPending = !extraName.IsEmpty;
        foreach (var entry in _entries)
        {
            var name = Text(entry.Name);
            if (namePending && "__name__"u8.SequenceCompareTo(name) <= 0)
            {
                WriteName(metric, suffix);
                namePending = false;
            }

            if (extraPending && extraName.SequenceCompareTo(name) <= 0)
            {
                WriteLabel(extraName, extraValue);
                extraPending = false;
            }

            if (!name.SequenceEqual("__name__"u8) && !name.SequenceEqual(extraName))
            {
                WriteLabel(name, Text(entry.Value));
            }
        }

        if (namePending)
        {
            WriteName(metric, suffix);
        }

        if (extraPending)
        {
            WriteLabel(extraName, extraValue);
        }

        return _key.AsSpan(0, _keyLength);
    }

    private static void Reserve(ref byte[] buffer, int used, int length)
    {
        if (used + length > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, used + length));
        }
    }

    private void Add(OtlpSlice name, OtlpSlice key, ReadOnlySpan<byte> value, OtlpLabelPriority priority)
    {
        if (!value.IsEmpty)
        {
            _entries.Add(new Entry(name, key, AddText(value), priority));
        }
    }

    private ReadOnlySpan<byte> Text(OtlpSlice slice) => _text.AsSpan(slice.Start, slice.Length);

    private OtlpSlice AddText(ReadOnlySpan<byte> text)
    {
        Reserve(ref _text, _textLength, text.Length);
        text.CopyTo(_text.AsSpan(_textLength));
        _textLength += text.Length;
        return new OtlpSlice(_textLength - text.Length, text.Length);
    }

    private OtlpSlice Join(OtlpSlice first, OtlpSlice second)
    {
        Reserve(ref _text, _textLength, first.Length + second.Length + 1);
        var start = _textLength;
        AddText(Text(first));
        AddText(";"u8);
        AddText(Text(second));
        return new OtlpSlice(start, _textLength - start);
    }

    private int Compare(Entry left, Entry right)
    {
        var order = Text(left.Name).SequenceCompareTo(Text(right.Name));
        order = order != 0 ? order : right.Priority.CompareTo(left.Priority);
        order = order != 0 ? order : Text(left.Key).SequenceCompareTo(Text(right.Key));
        return order != 0 ? order : left.Value.Start.CompareTo(right.Value.Start);
    }

    private void WriteName(ReadOnlySpan<byte> metric, ReadOnlySpan<byte> suffix)
    {
        Reserve(ref _key, _keyLength, metric.Length + suffix.Length + 24);
        _keyLength += SeriesKey.WritePart(_key.AsSpan(_keyLength), "__name__"u8);
        Span<byte> whole = stackalloc byte[256];
        whole = metric.Length + suffix.Length <= whole.Length ? whole[..(metric.Length + suffix.Length)] : new byte[metric.Length + suffix.Length];
        metric.CopyTo(whole);
        suffix.CopyTo(whole[metric.Length..]);
        _keyLength += SeriesKey.WritePart(_key.AsSpan(_keyLength), whole);
        KeyLabelCount++;
    }

    private void WriteLabel(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Reserve(ref _key, _keyLength, name.Length + value.Length + 10);
        _keyLength += SeriesKey.WritePart(_key.AsSpan(_keyLength), name);
        _keyLength += SeriesKey.WritePart(_key.AsSpan(_keyLength), value);
        KeyLabelCount++;
    }

    private readonly record struct Entry(OtlpSlice Name, OtlpSlice Key, OtlpSlice Value, OtlpLabelPriority Priority);
}
