using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Storage.Index;

/// <summary>Label name → value → series numbers, for one tenant and one stretch of time.</summary>
/// <remarks>One writer, which adds series in ascending number; any readers, without a lock.</remarks>
internal sealed class PostingsIndex
{
    private readonly ConcurrentDictionary<string, LabelIndex> _names = new(concurrencyLevel: 1, capacity: 31, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LabelIndex>.AlternateLookup<ReadOnlySpan<char>> _byText;

    public PostingsIndex() => _byText = _names.GetAlternateLookup<ReadOnlySpan<char>>();

    public IEnumerable<KeyValuePair<string, LabelIndex>> Names => _names;

    public LabelIndex? Find(string name) => _names.GetValueOrDefault(name);

    public void Add(ReadOnlySpan<byte> key, int series)
    {
        var text = ArrayPool<char>.Shared.Rent(key.Length);
        while (!key.IsEmpty)
        {
            var name = text.AsSpan(0, Encoding.UTF8.GetChars(SeriesKey.ReadPart(ref key), text));
            if (!_byText.TryGetValue(name, out _, out var values))
            {
                values = new LabelIndex();
                _names[name.ToString()] = values;
            }

            values.Add(text.AsSpan(0, Encoding.UTF8.GetChars(SeriesKey.ReadPart(ref key), text)), series);
        }

        ArrayPool<char>.Shared.Return(text);
    }

    /// <summary>The labels of a key, with the index' own strings where it has them.</summary>
    public Labels LabelsOf(ReadOnlySpan<byte> key)
    {
        var text = ArrayPool<char>.Shared.Rent(key.Length);
        var labels = new List<Label>();
        while (!key.IsEmpty)
        {
            var name = text.AsSpan(0, Encoding.UTF8.GetChars(SeriesKey.ReadPart(ref key), text));
            if (!_byText.TryGetValue(name, out var sharedName, out var values))
            {
                sharedName = name.ToString();
            }

            var value = text.AsSpan(0, Encoding.UTF8.GetChars(SeriesKey.ReadPart(ref key), text));
            labels.Add(new Label(sharedName, values?.Shared(value) ?? value.ToString()));
        }

        ArrayPool<char>.Shared.Return(text);
        return Ordered([.. labels]);
    }

    // Keys are in the order of UTF-8 bytes, label sets in that of UTF-16 units; the two differ beyond the basic plane.
    private static Labels Ordered(Label[] labels)
    {
        for (var index = 1; index < labels.Length; index++)
        {
            if (string.CompareOrdinal(labels[index - 1].Name, labels[index].Name) >= 0)
            {
                return Labels.From(labels);
            }
        }

        return Labels.FromSorted(labels);
    }
}
