using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Ingest.Storage;

/// <summary>Stands for the store while it reads its log: refuses until the store is open, then passes everything on.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class DeferredMetricStore : IMetricStore
{
    private IMetricStore? _store;
    private bool _closed;

    private IMetricStore Opened => Volatile.Read(ref _store)
        ?? throw new MetricStoreUnavailableException(Volatile.Read(ref _closed) ? "The metric store is closed." : "The metric store still reads its log; try again in a moment.");

    public void Open(IMetricStore store) => Volatile.Write(ref _store, store);

    public ValueTask<AppendOutcome> AppendAsync(TenantId tenant, MetricBatch batch, CancellationToken cancellationToken) => Opened.AppendAsync(tenant, batch, cancellationToken);

    public ISeriesSource Reader(TenantId tenant) => new DeferredSource(this, tenant);

    public ValueTask<IReadOnlyList<string>> LabelNamesAsync(TenantId tenant, LabelQuery query, CancellationToken cancellationToken) => Opened.LabelNamesAsync(tenant, query, cancellationToken);

    public ValueTask<IReadOnlyList<string>> LabelValuesAsync(TenantId tenant, string name, LabelQuery query, CancellationToken cancellationToken) =>
        Opened.LabelValuesAsync(tenant, name, query, cancellationToken);

    public ValueTask<IReadOnlyList<Labels>> SeriesAsync(TenantId tenant, LabelQuery query, CancellationToken cancellationToken) => Opened.SeriesAsync(tenant, query, cancellationToken);

    public ValueTask<IReadOnlyList<MetricMetadata>> MetadataAsync(TenantId tenant, CancellationToken cancellationToken) => Opened.MetadataAsync(tenant, cancellationToken);

    public MetricStoreStatistics Statistics() => Opened.Statistics();

    public long SeriesCount(TenantId tenant) => Opened.SeriesCount(tenant);

    /// <summary>Flushes and closes the store; later calls are refused.</summary>
    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _closed, true);
        if (Interlocked.Exchange(ref _store, null) is { } store)
        {
            await store.DisposeAsync();
        }
    }

    private sealed class DeferredSource(DeferredMetricStore store, TenantId tenant) : ISeriesSource
    {
        public ValueTask<IReadOnlyList<ISeries>> SelectAsync(TimeWindow range, IReadOnlyList<LabelMatcher> matchers, CancellationToken cancellationToken) =>
            store.Opened.Reader(tenant).SelectAsync(range, matchers, cancellationToken);
    }
}
