using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Reading;

namespace Signalbox.Telemetry.Metrics.Storage;

/// <summary>Keeps metrics in one folder of this machine: recent samples in memory and in a log, older ones in one SQLite file a UTC day.</summary>
public sealed class EmbeddedMetricStore : IMetricStore
{
    private readonly EmbeddedMetricStoreOptions _options;
    private readonly StoreEnvironment _environment;
    private readonly MetricStoreMetrics _metrics;
    private readonly StoreParts _parts;
    private int _disposed;

    private EmbeddedMetricStore(EmbeddedMetricStoreOptions options, StoreEnvironment environment, MetricStoreMetrics metrics, StoreParts parts)
    {
        _options = options;
        _environment = environment;
        _metrics = metrics;
        _parts = parts;
        metrics.Observe(parts.Core, environment.FreeSpace);
    }

    private StoreCore Core => _parts.Core;

    /// <summary>What was found when the store was opened.</summary>
    public MetricStoreRecovery Recovery => _parts.Recovery;

    /// <summary>Opens the folder, reads the log, and starts the store's own loops.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message names every one that is.</exception>
    /// <exception cref="MetricStoreUnavailableException">Another store has the folder.</exception>
    public static ValueTask<EmbeddedMetricStore> OpenAsync(
        EmbeddedMetricStoreOptions options,
        TimeProvider timeProvider,
        IMeterFactory meterFactory,
        ILogger? logger,
        CancellationToken cancellationToken) =>
        OpenAsync(options, new StoreEnvironment(timeProvider, meterFactory, logger ?? NullLogger.Instance, new DriveFreeSpace(Path.GetFullPath(options.Folder))), cancellationToken);

    internal static async ValueTask<EmbeddedMetricStore> OpenAsync(EmbeddedMetricStoreOptions options, StoreEnvironment environment, CancellationToken cancellationToken)
    {
        var errors = options.Validate();
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        var metrics = new MetricStoreMetrics(environment.Meters);
        var parts = await Task.Run(() => StoreParts.Open(options, environment, metrics, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new EmbeddedMetricStore(options, environment, metrics, parts);
    }

    public ValueTask<AppendOutcome> AppendAsync(TenantId tenant, MetricBatch batch, CancellationToken cancellationToken) =>
        new(Core.Writer.AppendAsync(tenant, batch, cancellationToken));

    /// <inheritdoc/>
    /// <remarks>A selection of more than <c>MaxQuerySeries</c> series throws <see cref="MetricQueryLimitException"/>.</remarks>
    public ISeriesSource Reader(TenantId tenant) => new TenantReader(tenant, Core.Heads, Core.Files.Days, _options, _metrics);

    public ValueTask<IReadOnlyList<string>> LabelNamesAsync(TenantId tenant, LabelQuery query, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Ordered(LabelsOf(tenant).Names(query, cancellationToken), query.Limit, StringComparer.Ordinal));

    public ValueTask<IReadOnlyList<string>> LabelValuesAsync(TenantId tenant, string name, LabelQuery query, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Ordered(LabelsOf(tenant).Values(name, query, cancellationToken), query.Limit, StringComparer.Ordinal));

    public ValueTask<IReadOnlyList<Labels>> SeriesAsync(TenantId tenant, LabelQuery query, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Ordered(LabelsOf(tenant).Series(query, cancellationToken), query.Limit, Comparer<Labels>.Default));

    public ValueTask<IReadOnlyList<MetricMetadata>> MetadataAsync(TenantId tenant, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<MetricMetadata>>(
            [.. (Core.Heads.Find(tenant)?.Metadata.All ?? []).OrderBy(static metadata => metadata.Family, StringComparer.Ordinal)]);

    public MetricStoreStatistics Statistics() => new(
        Core.Heads.SeriesCount,
        Core.Heads.Samples,
        Core.Files.Bytes,
        _options.DiskQuotaBytes,
        _environment.FreeSpace.AvailableBytes(),
        OldestSample());

    public long SeriesCount(TenantId tenant) => Core.Heads.Find(tenant)?.SeriesCount ?? 0;

    /// <summary>Moves samples to disk and deletes old days, where due; the store calls it every <c>MaintenanceInterval</c>.</summary>
    public Task RunOnceAsync(CancellationToken cancellationToken) => _parts.Maintenance.RunOnceAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _parts.DisposeAsync().ConfigureAwait(false);
            _metrics.Dispose();
        }
    }

    private LabelReader LabelsOf(TenantId tenant) => new(tenant, Core.Heads, Core.Files.Days);

    private long? OldestSample()
    {
        var oldest = Core.Files.Days.Days.Select(static day => day.Meta.FirstTime).DefaultIfEmpty(long.MaxValue).Min();
        return oldest < long.MaxValue ? oldest : Core.Heads.OldestTime();
    }

    private static IReadOnlyList<T> Ordered<T>(IEnumerable<T> items, int limit, IComparer<T> order)
    {
        var ordered = items.Order(order);
        return [.. limit > 0 ? ordered.Take(limit) : ordered];
    }
}
