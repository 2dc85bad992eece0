namespace Signalbox.Telemetry.Tests.Metrics.Storage;

/// <summary>The limits that the conformance suite sets, in words every store understands.</summary>
public sealed record StoreLimits(int SeriesPerTenant, int LabelsPerSeries, int LabelNameBytes, int LabelValueBytes)
{
    public static StoreLimits Default { get; } = new(10_000, 64, 256, 4096);
}
