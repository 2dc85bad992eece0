using System.Collections.Concurrent;

namespace Signalbox.Telemetry.Metrics.Storage.Head;

/// <summary>What senders said of one tenant's metric families.</summary>
internal sealed class TenantMetadata
{
    private readonly ConcurrentDictionary<string, MetricMetadata> _families = new(StringComparer.Ordinal);
    private int _unsaved;

    public int Count => _families.Count;

    public IEnumerable<MetricMetadata> All => _families.Values;

    /// <summary>Whether anything changed since the last call, which it resets.</summary>
    public bool TakeUnsaved() => Interlocked.Exchange(ref _unsaved, 0) == 1;

    public bool IsNews(MetricMetadata metadata) => !_families.TryGetValue(metadata.Family, out var known) || known != metadata;

    public bool IsKnown(string family) => _families.ContainsKey(family);

    public void Set(MetricMetadata metadata)
    {
        _families[metadata.Family] = metadata;
        MarkUnsaved();
    }

    public void MarkUnsaved() => Volatile.Write(ref _unsaved, 1);

    /// <summary>Puts in what the catalogue already holds.</summary>
    public void Load(MetricMetadata metadata) => _families[metadata.Family] = metadata;
}
