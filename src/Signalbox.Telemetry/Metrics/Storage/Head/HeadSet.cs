using System.Collections.Concurrent;
using Signalbox.PromQL;

namespace Signalbox.Telemetry.Metrics.Storage.Head;

/// <summary>Every tenant's head, and what they hold together.</summary>
internal sealed class HeadSet
{
    private readonly ConcurrentDictionary<TenantId, TenantHead> _tenants = new();
    private long _samples;
    private long _floor = long.MinValue;

    public IEnumerable<TenantHead> Tenants => _tenants.Values;

    public long Samples => Volatile.Read(ref _samples);

    public long SeriesCount => _tenants.Values.Sum(static tenant => (long)tenant.SeriesCount);

    /// <summary>Samples before this time are on disk or gone; none is taken any more. Milliseconds since the Unix epoch.</summary>
    public long Floor => Volatile.Read(ref _floor);

    public TenantHead? Find(TenantId tenant) => _tenants.GetValueOrDefault(tenant);

    public TenantHead Get(TenantId tenant) => _tenants.GetOrAdd(tenant, static id => new TenantHead(id));

    public void RaiseFloor(long floor) => Volatile.Write(ref _floor, Math.Max(_floor, floor));

    public void CountSamples(long change) => Volatile.Write(ref _samples, _samples + change);

    /// <summary>Time of the oldest sample in memory; null when there is none.</summary>
    public long? OldestTime() => Bounds() is { From: var oldest and not long.MaxValue } ? oldest : null;

    /// <summary>From the oldest to the newest sample in memory; the other way round when there is none.</summary>
    public TimeWindow Bounds()
    {
        var (oldest, newest) = (long.MaxValue, long.MinValue);
        foreach (var tenant in _tenants.Values)
        {
            foreach (var series in tenant.Index.Series)
            {
                var chunks = series.Chunks;
                if (chunks.Length > 0)
                {
                    oldest = Math.Min(oldest, chunks[0].MinTime);
                    newest = Math.Max(newest, chunks[^1].MaxTime);
                }
            }
        }

        return new TimeWindow(oldest, newest);
    }
}
