namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>Gathers the metadata lines of one family until its samples or another family begin.</summary>
internal ref struct PendingMetadata
{
    private ReadOnlySpan<byte> _family;
    private ReadOnlySpan<byte> _help;
    private ReadOnlySpan<byte> _unit;
    private MetricType _type;

    public void Add(IExpositionVisitor visitor, ReadOnlySpan<byte> family, MetricType? type, ReadOnlySpan<byte> help, ReadOnlySpan<byte> unit)
    {
        if (!_family.SequenceEqual(family))
        {
            Flush(visitor);
            _family = family;
        }

        _type = type ?? _type;
        _help = help.IsEmpty ? _help : help;
        _unit = unit.IsEmpty ? _unit : unit;
    }

    public void Flush(IExpositionVisitor visitor)
    {
        if (!_family.IsEmpty)
        {
            visitor.OnMetadata(new ExpositionMetadata(_family, _type, _help, _unit));
            this = default;
        }
    }
}
