using Signalbox.Server.Ingest.Storage;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Control;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Ingest;

/// <summary>Gathers what the console shows of the process as a whole.</summary>
internal sealed class SystemReport(IMetricStore store, MetricStorageOptions storage, DataFolder data, ITenantCount tenants, ControlHealth control, TimeProvider clock)
{
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();

    /// <exception cref="MetricStoreUnavailableException">The store still reads its log.</exception>
    public SystemStatus For(Principal principal)
    {
        var statistics = store.Statistics();
        var admin = principal is { OwnsServer: true, Role: >= Role.Admin };
        return new SystemStatus(
            ProductVersion.Text,
            _startedAt,
            clock.GetUtcNow(),
            admin ? data.Path : null,
            statistics.DiskBytes,
            statistics.DiskQuotaBytes,
            statistics.DiskFreeBytes,
            storage.Store.Retention.TotalDays,
            store.SeriesCount(principal.Tenant),
            Environment.WorkingSet,
            admin ? tenants.Count : null,
            new ControlStatus(NameOf(control.Engine), control.IsShared, control.Reachable));
    }

    private static string NameOf(ControlEngine engine) => engine switch
    {
        ControlEngine.Sqlite => "sqlite",
        ControlEngine.PostgreSql => "postgresql",
        _ => "mysql",
    };
}
