using System.Text;
using System.Text.Unicode;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.RemoteWrite;

/// <summary>Puts one series after another into a batch, straight into key bytes while its labels come sorted, and counts what is not valid.</summary>
internal sealed class RemoteWriteSeries(MetricBatch batch)
{
    private readonly NativeHistogramDecoder _histogramDecoder = new();
    private byte[] _key = new byte[512];
    private int _keyLength;
    private int _labelCount;
    private int _lastNameStart;
    private int _lastNameLength;
    private bool _sorted;
    private bool _hasName;
    private string? _fault;
    private string? _firstFault;
    private long _samples;
    private long _histograms;
    private long _exemplars;
    private long _invalid;

    public void Begin()
    {
        _keyLength = 0;
        _labelCount = 0;
        _lastNameLength = 0;
        _sorted = true;
        _hasName = false;
        _fault = null;
    }

    /// <summary>Adds a label; an empty value is dropped, as the label is then absent.</summary>
    public void AddLabel(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.IsEmpty || !Utf8.IsValid(name) || !Utf8.IsValid(value))
        {
            _fault ??= name.IsEmpty ? "has an empty label name" : "has a label that is not valid UTF-8";
            return;
        }

        if (value.IsEmpty)
        {
            return;
        }

        _hasName |= name.SequenceEqual("__name__"u8);
        _sorted = _sorted && (_labelCount == 0 || _key.AsSpan(_lastNameStart, _lastNameLength).SequenceCompareTo(name) < 0);
        Reserve(name.Length + value.Length + 10);
        _keyLength += SeriesKey.WritePart(_key.AsSpan(_keyLength), name);
        _lastNameStart = _keyLength - name.Length;
        _lastNameLength = name.Length;
        _keyLength += SeriesKey.WritePart(_key.AsSpan(_keyLength), value);
        _labelCount++;
    }

    /// <summary>Closes the label set and opens the series, unless something is wrong with it.</summary>
    public void EndLabels()
    {
        _fault ??= _hasName ? null : "has no label __name__";
        if (_fault is not null)
        {
            return;
        }

        if (_sorted)
        {
            batch.AddSeries(_key.AsSpan(0, _keyLength), _labelCount);
            return;
        }

        batch.BeginSeries();
        for (ReadOnlySpan<byte> rest = _key.AsSpan(0, _keyLength); !rest.IsEmpty;)
        {
            var name = SeriesKey.ReadPart(ref rest);
            batch.AddLabel(name, SeriesKey.ReadPart(ref rest));
        }

        _fault = batch.EndLabels() ? null : "has a label name twice";
    }

    public void AddSample(long timestamp, double value)
    {
        if (IsRefused(_fault))
        {
            return;
        }

        batch.AddSample(timestamp, value);
        _samples++;
    }

    public void AddHistogram(ReadOnlySpan<byte> message)
    {
        var (timestamp, histogram, fault) = _histogramDecoder.Read(message);
        if (IsRefused(_fault ?? fault))
        {
            return;
        }

        _histograms++;
        if (StaleMarker.Is(histogram.Sum))
        {
            batch.AddSample(timestamp, StaleMarker.Value);
        }
        else
        {
            batch.AddSample(timestamp, histogram);
        }
    }

    public void AddExemplar() => _exemplars++;

    /// <summary>Notes a fault of the series as a whole.</summary>
    public void Fail(string fault) => _fault ??= fault;

    public RemoteWriteSummary Summary() => new(_samples, _histograms, _exemplars, _invalid, _firstFault);

    private bool IsRefused(string? fault)
    {
        if (fault is null)
        {
            return false;
        }

        _invalid++;
        _firstFault ??= $"The series {Describe()} {fault}.";
        return true;
    }

    private string Describe()
    {
        var text = new StringBuilder("{");
        for (ReadOnlySpan<byte> rest = _key.AsSpan(0, _keyLength); !rest.IsEmpty && text.Length < 200;)
        {
            text.Append(text.Length > 1 ? ", " : string.Empty);
            LabelText.AppendName(text, Encoding.UTF8.GetString(SeriesKey.ReadPart(ref rest)));
            text.Append('=');
            LabelText.AppendQuoted(text, Encoding.UTF8.GetString(SeriesKey.ReadPart(ref rest)));
        }

        return text.Append('}').ToString();
    }

    private void Reserve(int length)
    {
        if (_keyLength + length > _key.Length)
        {
            Array.Resize(ref _key, Math.Max(_key.Length * 2, _keyLength + length));
        }
    }
}
