using System.Buffers;
using System.Text;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics;

/// <summary>Samples on their way into a store: what one request or one scrape brought, as a whole.</summary>
/// <remarks>
/// A series is named by its key: for each label in ordinal order of its UTF-8 name, the name and the value, each preceded by its length as a
/// base-128 varint. Two series are the same exactly when their keys are, so a store looks a key up without building strings.
/// Usage: <c>BeginSeries</c>, <c>AddLabel</c>…, <c>EndLabels</c>, <c>AddSample</c>…, then the next series. Not thread-safe. Memory is pooled: dispose it.
/// </remarks>
public sealed class MetricBatch : IDisposable
{
    private readonly List<LabelSlice> _labels = [];
    private readonly List<SeriesSlice> _series = [];
    private readonly List<MetricMetadata> _metadata = [];
    private ArrayBufferWriter<byte> _text = new(256);
    private byte[] _keys = ArrayPool<byte>.Shared.Rent(4096);
    private int _keysLength;
    private MetricSample[] _samples = ArrayPool<MetricSample>.Shared.Rent(256);
    private bool _sorted = true;

    public int SeriesCount => _series.Count;

    public int SampleCount { get; private set; }

    public IReadOnlyList<MetricMetadata> Metadata => _metadata;

    public void BeginSeries()
    {
        _labels.Clear();
        _text.ResetWrittenCount();
        _sorted = true;
    }

    /// <summary>Adds a label of the series that was begun; an empty value is dropped.</summary>
    public void AddLabel(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return;
        }

        var start = _text.WrittenCount;
        _text.Write(name);
        _text.Write(value);
        var slice = new LabelSlice(start, name.Length, value.Length);
        _sorted = _sorted && (_labels.Count == 0 || NameOf(_labels[^1]).SequenceCompareTo(name) < 0);
        _labels.Add(slice);
    }

    public void AddLabel(string name, string value) => AddLabel(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));

    /// <summary>Closes the label set and opens the series for samples.</summary>
    /// <returns>False, with the series left out, when a name is empty or appears twice.</returns>
    public bool EndLabels()
    {
        if (!_sorted)
        {
            _labels.Sort((left, right) => NameOf(left).SequenceCompareTo(NameOf(right)));
        }

        for (var index = 0; index < _labels.Count; index++)
        {
            if (_labels[index].NameLength == 0 || (index > 0 && NameOf(_labels[index]).SequenceEqual(NameOf(_labels[index - 1]))))
            {
                return false;
            }
        }

        var start = _keysLength;
        foreach (var label in _labels)
        {
            AppendKeyPart(NameOf(label));
            AppendKeyPart(_text.WrittenSpan.Slice(label.Start + label.NameLength, label.ValueLength));
        }

        _series.Add(new SeriesSlice(start, _keysLength - start, _labels.Count, SampleCount, 0));
        return true;
    }

    /// <summary>Opens a series whose key is already known, for instance from a scrape cache.</summary>
    public void AddSeries(ReadOnlySpan<byte> key, int labelCount)
    {
        var start = _keysLength;
        ReserveKeys(key.Length);
        key.CopyTo(_keys.AsSpan(_keysLength));
        _keysLength += key.Length;
        _series.Add(new SeriesSlice(start, key.Length, labelCount, SampleCount, 0));
    }

    /// <param name="timestamp">Milliseconds since the Unix epoch.</param>
    public void AddSample(long timestamp, double value) => Append(new MetricSample(timestamp, value, null));

    /// <param name="timestamp">Milliseconds since the Unix epoch.</param>
    public void AddSample(long timestamp, HistogramSample histogram) => Append(new MetricSample(timestamp, double.NaN, histogram));

    public void AddMetadata(MetricMetadata metadata) => _metadata.Add(metadata);

    public ReadOnlySpan<byte> KeyOf(int series) => _keys.AsSpan(_series[series].KeyStart, _series[series].KeyLength);

    public int LabelCountOf(int series) => _series[series].LabelCount;

    public ReadOnlySpan<MetricSample> SamplesOf(int series) => _samples.AsSpan(_series[series].FirstSample, _series[series].SampleCount);

    /// <summary>Empties the batch for another use; keeps its memory.</summary>
    public void Clear()
    {
        Array.Clear(_samples, 0, SampleCount);
        _series.Clear();
        _metadata.Clear();
        _keysLength = 0;
        SampleCount = 0;
    }

    public void Dispose()
    {
        if (_keys.Length == 0)
        {
            return;
        }

        ArrayPool<byte>.Shared.Return(_keys);
        ArrayPool<MetricSample>.Shared.Return(_samples, clearArray: true);
        _keys = [];
        _samples = [];
        _text = new ArrayBufferWriter<byte>();
    }

    private ReadOnlySpan<byte> NameOf(LabelSlice label) => _text.WrittenSpan.Slice(label.Start, label.NameLength);

    private void AppendKeyPart(ReadOnlySpan<byte> part)
    {
        ReserveKeys(part.Length + 5);
        _keysLength += SeriesKey.WritePart(_keys.AsSpan(_keysLength), part);
    }

    private void ReserveKeys(int length)
    {
        if (_keysLength + length > _keys.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_keys.Length * 2, _keysLength + length));
            _keys.AsSpan(0, _keysLength).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_keys);
            _keys = larger;
        }
    }

    private void Append(MetricSample sample)
    {
        if (SampleCount == _samples.Length)
        {
            var larger = ArrayPool<MetricSample>.Shared.Rent(_samples.Length * 2);
            _samples.CopyTo(larger, 0);
            ArrayPool<MetricSample>.Shared.Return(_samples, clearArray: true);
            _samples = larger;
        }

        _samples[SampleCount++] = sample;
        _series[^1] = _series[^1] with { SampleCount = _series[^1].SampleCount + 1 };
    }

    private readonly record struct LabelSlice(int Start, int NameLength, int ValueLength);

    private readonly record struct SeriesSlice(int KeyStart, int KeyLength, int LabelCount, int FirstSample, int SampleCount);
}
