using System.Buffers;

namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>Watches that the samples of one metric stand together and in the order of their times.</summary>
internal sealed class OpenMetricsGroups
{
    private readonly ByteStringSet _seen = new();
    private readonly ByteStringSet _samePoint = new();
    private readonly ArrayBufferWriter<byte> _key = new(256);
    private readonly ArrayBufferWriter<byte> _current = new(256);
    private readonly List<ExpositionLabel> _sorted = [];
    private bool _hasCurrent;
    private double? _seconds;

    /// <summary>Whether the last sample belongs to the same group and time as the one before it.</summary>
    public bool ContinuesPoint { get; private set; }

    public void Clear()
    {
        _seen.Clear();
        _samePoint.Clear();
        _hasCurrent = false;
        _seconds = null;
    }

    /// <param name="special">The label that does not count for the group, such as <c>le</c>.</param>
    /// <param name="duplicate">Set when the series already had a sample at this time.</param>
    /// <returns>Null, or what is wrong.</returns>
    public string? Add(ReadOnlySpan<byte> line, ReadOnlySpan<ExpositionLabel> labels, ReadOnlySpan<byte> special, Place place, out bool duplicate)
    {
        duplicate = false;
        if (!WriteGroup(line, labels, special))
        {
            return "a label name appears twice";
        }

        // An info metric's labels are its value, so nothing tells its groups apart.
        var group = place.Type == MetricType.Info ? [] : _key.WrittenSpan;
        var sameGroup = _hasCurrent && group.SequenceEqual(_current.WrittenSpan);
        if (sameGroup)
        {
            if (_seconds is null != place.Seconds is null)
            {
                return "only some samples of a metric have a timestamp";
            }

            if (_seconds > place.Seconds && place.Type != MetricType.Info)
            {
                return "the timestamps of a metric go backwards";
            }
        }
        else if (!_seen.Add(group))
        {
            return "the samples of a metric do not stand together";
        }

        ContinuesPoint = sameGroup && _seconds == place.Seconds;
        if (!sameGroup)
        {
            _current.ResetWrittenCount();
            _current.Write(group);
            _hasCurrent = true;
        }

        _seconds = place.Seconds;
        duplicate = !AddSeries(line, labels, special, place);
        return null;
    }

    /// <summary>Notes the series within the current point; false when it is there already.</summary>
    private bool AddSeries(ReadOnlySpan<byte> line, ReadOnlySpan<ExpositionLabel> labels, ReadOnlySpan<byte> special, Place place)
    {
        if (!ContinuesPoint)
        {
            _samePoint.Clear();
        }

        if (place.Type != MetricType.Info)
        {
            _key.ResetWrittenCount();
        }

        _key.Write([(byte)place.Kind]);
        foreach (var label in special.IsEmpty ? [] : labels[1..])
        {
            if (label.NameOf(line).SequenceEqual(special))
            {
                _key.Write(label.ValueOf(line));
            }
        }

        return _samePoint.Add(_key.WrittenSpan);
    }

    /// <summary>Writes the labels without the name and the special one, sorted; false when a name repeats.</summary>
    private bool WriteGroup(ReadOnlySpan<byte> line, ReadOnlySpan<ExpositionLabel> labels, ReadOnlySpan<byte> special)
    {
        _sorted.Clear();
        foreach (var label in labels[1..])
        {
            Insert(line, label);
        }

        _key.ResetWrittenCount();
        for (var index = 0; index < _sorted.Count; index++)
        {
            var name = _sorted[index].NameOf(line);
            if (index > 0 && name.SequenceEqual(_sorted[index - 1].NameOf(line)))
            {
                return false;
            }

            if (!name.SequenceEqual(special))
            {
                WritePart(name);
                WritePart(_sorted[index].ValueOf(line));
            }
        }

        return true;
    }

    /// <summary>Inserts by binary search, so that a line with very many labels stays affordable.</summary>
    private void Insert(ReadOnlySpan<byte> line, ExpositionLabel label)
    {
        var name = label.NameOf(line);
        var low = 0;
        var high = _sorted.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_sorted[middle].NameOf(line).SequenceCompareTo(name) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        _sorted.Insert(low, label);
    }

    private void WritePart(ReadOnlySpan<byte> part)
    {
        var destination = _key.GetSpan(part.Length + 5);
        _key.Advance(SeriesKey.WritePart(destination, part));
    }

    /// <summary>Where a sample stands within its family.</summary>
    internal readonly record struct Place(MetricType Type, OpenMetricsSampleKind Kind, double? Seconds);
}
