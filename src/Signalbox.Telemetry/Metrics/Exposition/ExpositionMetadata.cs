using System.Text;

namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>What the metadata lines of one family say; valid during the callback only.</summary>
public readonly ref struct ExpositionMetadata
{
    private readonly ReadOnlySpan<byte> _help;

    internal ExpositionMetadata(ReadOnlySpan<byte> family, MetricType type, ReadOnlySpan<byte> help, ReadOnlySpan<byte> unit)
    {
        Family = family;
        Type = type;
        Unit = unit;
        _help = help;
    }

    /// <summary>The family's name in UTF-8.</summary>
    public ReadOnlySpan<byte> Family { get; }

    public MetricType Type { get; }

    public ReadOnlySpan<byte> Unit { get; }

    public MetricMetadata ToMetricMetadata() =>
        new(Encoding.UTF8.GetString(Family), Type, Encoding.UTF8.GetString(ExpositionText.Unescape(_help)), Encoding.UTF8.GetString(Unit));
}
