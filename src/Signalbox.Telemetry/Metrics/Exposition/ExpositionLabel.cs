namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>Where one label stands within a line.</summary>
internal readonly record struct ExpositionLabel(int NameStart, int NameLength, int ValueStart, int ValueLength, bool NameEscaped, bool ValueEscaped)
{
    /// <summary>Stands for <c>__name__</c>, which no line spells out.</summary>
    public const int ImpliedName = -1;

    public ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> line)
    {
        if (NameStart == ImpliedName)
        {
            return "__name__"u8;
        }

        var raw = line.Slice(NameStart, NameLength);
        return NameEscaped ? ExpositionText.Unescape(raw) : raw;
    }

    public ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> line)
    {
        var raw = line.Slice(ValueStart, ValueLength);
        return ValueEscaped ? ExpositionText.Unescape(raw) : raw;
    }
}
