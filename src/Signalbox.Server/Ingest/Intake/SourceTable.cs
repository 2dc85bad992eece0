using Signalbox.Telemetry;

namespace Signalbox.Server.Ingest.Intake;

/// <summary>Remembers who sends samples, tenant by tenant; the one unseen longest makes room when a tenant has too many.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SourceTable(TimeProvider clock, IngestLimits limits, IngestMetrics metrics)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TenantId, Dictionary<IngestSource, SourceState>> _tenants = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _tenants.Values.Sum(static sources => sources.Count);
            }
        }
    }

    public int CountOf(TenantId tenant)
    {
        lock (_gate)
        {
            return _tenants.GetValueOrDefault(tenant)?.Count ?? 0;
        }
    }

    /// <param name="succeeded">The request or scrape as a whole was taken, be it with refused samples.</param>
    /// <param name="error">Why it failed, or why samples of it were refused; null when all went well.</param>
    public void Record(IngestSource source, long accepted, long rejected, bool succeeded, string? error)
    {
        lock (_gate)
        {
            if (!_tenants.TryGetValue(source.Tenant, out var sources))
            {
                _tenants[source.Tenant] = sources = [];
            }

            if (!sources.TryGetValue(source, out var state))
            {
                MakeRoom(sources);
                sources[source] = state = new SourceState(source);
            }

            state.Record(clock.GetUtcNow(), accepted, rejected, succeeded, error);
        }
    }

    /// <summary>Takes a source off the table, for instance a target that left the configuration.</summary>
    public void Forget(IngestSource source)
    {
        lock (_gate)
        {
            _tenants.GetValueOrDefault(source.Tenant)?.Remove(source);
        }
    }

    /// <summary>The sources of one tenant, by kind, name and address.</summary>
    public IReadOnlyList<SourceReport> Of(TenantId tenant)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            return
            [
                .. _tenants.GetValueOrDefault(tenant, []).Values
                    .Select(state => state.Report(now))
                    .OrderBy(static report => report.Source.Kind)
                    .ThenBy(static report => report.Source.Name, StringComparer.Ordinal)
                    .ThenBy(static report => report.Source.Address, StringComparer.Ordinal)
                    .ThenBy(static report => report.Source.Principal, StringComparer.Ordinal),
            ];
        }
    }

    private void MakeRoom(Dictionary<IngestSource, SourceState> sources)
    {
        if (sources.Count >= limits.MaxSourcesPerTenant)
        {
            sources.Remove(sources.MinBy(static pair => pair.Value.LastSeenAt).Key);
            metrics.SourceEvicted();
        }
    }
}
