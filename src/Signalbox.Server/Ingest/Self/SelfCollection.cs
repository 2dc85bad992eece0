using Signalbox.Server.Ingest.Families;

namespace Signalbox.Server.Ingest.Self;

/// <summary>Everything that Signalbox says of itself at one moment.</summary>
internal sealed class SelfCollection(SelfMeters meters)
{
    public IReadOnlyList<MetricFamily> Collect()
    {
        var families = meters.Collect();
        ProcessFamilies.AddTo(families);
        return families.All;
    }
}
