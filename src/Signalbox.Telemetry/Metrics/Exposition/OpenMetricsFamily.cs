namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>The rules of OpenMetrics that reach across lines: metadata, clashing names, suffixes, grouping, order in time, histograms.</summary>
/// <remarks>Every method returns null, or what is wrong. Source: https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md</remarks>
internal sealed class OpenMetricsFamily
{
    private readonly ByteStringSet _names = new();
    private readonly OpenMetricsGroups _groups = new();
    private readonly List<byte> _scratch = [];
    private byte[] _name = [];
    private byte[] _unit = [];
    private MetricType? _type;
    private bool _open;
    private bool _hasHelp;
    private bool _hasUnit;
    private bool _hasSamples;
    private OpenMetricsHistogramCheck _histogram;

    private MetricType Type => _type ?? MetricType.Unknown;

    private bool IsHistogram => _type is MetricType.Histogram or MetricType.GaugeHistogram;

    public string? AddHelp(ReadOnlySpan<byte> name)
    {
        var error = BeginMetadata(name) ?? (_hasHelp ? "a family has a second HELP" : null);
        _hasHelp = true;
        return error;
    }

    public string? AddType(ReadOnlySpan<byte> name, MetricType type)
    {
        var error = BeginMetadata(name) ?? (_type is not null ? "a family has a second TYPE" : null);
        _type = type;
        return error;
    }

    public string? AddUnit(ReadOnlySpan<byte> name, ReadOnlySpan<byte> unit)
    {
        var error = BeginMetadata(name) ?? (_hasUnit ? "a family has a second UNIT" : null);
        _hasUnit = true;
        _unit = unit.ToArray();
        return error;
    }

    /// <param name="duplicate">Set when the series already had a sample at this time within its group, which is left out.</param>
    public string? AddSample(ReadOnlySpan<byte> line, ReadOnlySpan<ExpositionLabel> labels, OpenMetricsPoint point, out bool duplicate)
    {
        duplicate = false;
        var name = labels[0].ValueOf(line);
        var kind = _open ? OpenMetricsSuffixes.KindOf(name, _name, Type) : null;
        if (kind is null)
        {
            var error = Close();
            if (error is not null)
            {
                return error;
            }

            Open(name);
            kind = OpenMetricsSampleKind.Plain;
        }

        _hasSamples = true;
        var special = OpenMetricsLabels.SpecialName(Type, kind.Value, _name);
        var fault = OpenMetricsLabels.Check(line, labels, Type, kind.Value, special, point, out var bound)
            ?? _groups.Add(line, labels, special, new OpenMetricsGroups.Place(Type, kind.Value, point.Seconds), out duplicate);
        if (fault is not null || duplicate || !IsHistogram)
        {
            return fault;
        }

        return (_groups.ContinuesPoint ? null : _histogram.Close()) ?? _histogram.Add(kind.Value, point.Value, bound);
    }

    /// <summary>Ends the family that is open, if any, and checks it as a whole.</summary>
    public string? Close()
    {
        if (!_open)
        {
            return null;
        }

        _open = false;
        if (_unit.Length > 0 && !EndsWithUnit())
        {
            return "a family's name does not end with its unit";
        }

        if (_unit.Length > 0 && _type is MetricType.Info or MetricType.StateSet)
        {
            return "info and state sets have no unit";
        }

        return ClaimNames() ?? (IsHistogram ? _histogram.Close() : null);
    }

    private bool EndsWithUnit() =>
        _name.Length > _unit.Length && _name.AsSpan().EndsWith(_unit) && _name[^(_unit.Length + 1)] == '_';

    private string? BeginMetadata(ReadOnlySpan<byte> name)
    {
        if (_open && name.SequenceEqual(_name))
        {
            return _hasSamples ? "metadata follows the family's samples" : null;
        }

        var error = Close();
        Open(name);
        return error;
    }

    private void Open(ReadOnlySpan<byte> name)
    {
        _open = true;
        _name = name.ToArray();
        _unit = [];
        _type = null;
        _hasHelp = false;
        _hasUnit = false;
        _hasSamples = false;
        _histogram = default;
        _groups.Clear();
    }

    /// <summary>Takes the family's name and all its sample names, which no other family may use.</summary>
    private string? ClaimNames()
    {
        var free = _names.Add(_name);
        foreach (var kind in OpenMetricsSuffixes.Of(Type))
        {
            if (kind != OpenMetricsSampleKind.Plain)
            {
                _scratch.Clear();
                _scratch.AddRange(_name);
                _scratch.AddRange(OpenMetricsSuffixes.TextOf(kind));
                free &= _names.Add(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_scratch));
            }
        }

        return free ? null : "a metric name clashes with another family's";
    }
}
