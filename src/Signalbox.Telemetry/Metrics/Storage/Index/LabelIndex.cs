using System.Collections.Concurrent;

namespace Signalbox.Telemetry.Metrics.Storage.Index;

/// <summary>The values of one label name, each with the numbers of the series that have it, ascending.</summary>
internal sealed class LabelIndex
{
    private readonly ConcurrentDictionary<string, AppendOnlyList<int>> _values = new(concurrencyLevel: 1, capacity: 7, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AppendOnlyList<int>>.AlternateLookup<ReadOnlySpan<char>> _byText;

    public LabelIndex() => _byText = _values.GetAlternateLookup<ReadOnlySpan<char>>();

    public int ValueCount { get; private set; }

    public IEnumerable<KeyValuePair<string, AppendOnlyList<int>>> Values => _values;

    public AppendOnlyList<int>? Find(string value) => _values.GetValueOrDefault(value);

    /// <summary>The shared string of a value that is in the index.</summary>
    public string? Shared(ReadOnlySpan<char> value) => _byText.TryGetValue(value, out var shared, out _) ? shared : null;

    public void Add(ReadOnlySpan<char> value, int series)
    {
        if (_byText.TryGetValue(value, out _, out var list))
        {
            list.Add(series);
            return;
        }

        list = new AppendOnlyList<int>(1);
        list.Add(series);
        _values[value.ToString()] = list;
        ValueCount++;
    }
}
