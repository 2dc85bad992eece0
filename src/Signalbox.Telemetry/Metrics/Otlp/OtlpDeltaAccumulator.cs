using System.Collections.Concurrent;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Adds up metrics of delta temporality, so that they can be stored as the cumulative series that PromQL reads.</summary>
/// <remarks>
/// One sum a series and tenant, bounded in number and in idle time; a sum that was given up starts again at zero, which PromQL reads as a counter reset.
/// A point that comes twice is added once, so a sender may try again. Thread-safe.
/// </remarks>
public sealed class OtlpDeltaAccumulator(OtlpTranslationOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<TenantId, TenantDeltas> _tenants = new();
    private long _evicted;
    private long _expired;
    private long _outOfOrder;

    public OtlpDeltaStatistics Statistics()
    {
        var series = 0L;
        foreach (var tenant in _tenants.Values)
        {
            lock (tenant.Gate)
            {
                series += tenant.Count;
            }
        }

        return new OtlpDeltaStatistics(series, Volatile.Read(ref _evicted), Volatile.Read(ref _expired), Volatile.Read(ref _outOfOrder));
    }

    /// <param name="key">Names the series; see <see cref="MetricBatch"/>.</param>
    /// <param name="totals">Receives the totals, unless the point is refused.</param>
    internal DeltaOutcome Add(TenantId tenant, ReadOnlySpan<byte> key, OtlpMetricKind kind, in OtlpPoint point, OtlpMetricsData data, DeltaTotals totals)
    {
        var deltas = _tenants.GetOrAdd(tenant, static _ => new TenantDeltas());
        var now = time.GetTimestamp();
        var expiry = now - (long)(options.DeltaExpiry.TotalSeconds * time.TimestampFrequency);
        lock (deltas.Gate)
        {
            Interlocked.Add(ref _expired, deltas.RemoveUnusedSince(expiry));
            var series = deltas.Use(key, kind, now);
            if (deltas.Count > options.MaxDeltaSeriesPerTenant)
            {
                deltas.RemoveOldest();
                Interlocked.Increment(ref _evicted);
            }

            var outcome = series.Add(point, data, totals);
            if (outcome == DeltaOutcome.OutOfOrder)
            {
                Interlocked.Increment(ref _outOfOrder);
            }

            return outcome;
        }
    }
}
