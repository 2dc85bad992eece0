using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Ingest.Families;

/// <summary>Gathers the families of one collection; asking twice for a name gives the same family.</summary>
internal sealed class FamilyList
{
    private readonly Dictionary<string, MetricFamily> _byName = new(StringComparer.Ordinal);
    private readonly List<MetricFamily> _families = [];

    public IReadOnlyList<MetricFamily> All => _families;

    public MetricFamily Counter(string name, string help) => Family(name, MetricType.Counter, help);

    public MetricFamily Gauge(string name, string help) => Family(name, MetricType.Gauge, help);

    public MetricFamily Untyped(string name, string help) => Family(name, MetricType.Unknown, help);

    public MetricFamily Family(string name, MetricType type, string help)
    {
        if (!_byName.TryGetValue(name, out var family))
        {
            family = new MetricFamily(name, type, help);
            _byName.Add(name, family);
            _families.Add(family);
        }

        return family;
    }
}
