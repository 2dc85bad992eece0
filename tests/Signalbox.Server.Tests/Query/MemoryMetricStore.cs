using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Tests.Query;

/// <summary>A metric store in plain lists, for tests that are about the query API and not about storage.</summary>
internal sealed class MemoryMetricStore : IMetricStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TenantId, SortedDictionary<Labels, SortedList<long, double>>> _tenants = [];

    public List<MetricMetadata> Metadata { get; } = [];

    /// <summary>Awaited before each selection; lets a test hold a query inside the store.</summary>
    public Func<CancellationToken, Task> BeforeSelect { get; set; } = static _ => Task.CompletedTask;

    public void Add(TenantId tenant, Labels labels, params (long Timestamp, double Value)[] samples)
    {
        lock (_gate)
        {
            if (!_tenants.TryGetValue(tenant, out var series))
            {
                _tenants[tenant] = series = [];
            }

            if (!series.TryGetValue(labels, out var list))
            {
                series[labels] = list = [];
            }

            foreach (var (timestamp, value) in samples)
            {
                list[timestamp] = value;
            }
        }
    }

    public ValueTask<AppendOutcome> AppendAsync(TenantId tenant, MetricBatch batch, CancellationToken cancellationToken)
    {
        for (var series = 0; series < batch.SeriesCount; series++)
        {
            Add(tenant, SeriesKey.ToLabels(batch.KeyOf(series)), [.. batch.SamplesOf(series).ToArray().Select(static sample => (sample.Timestamp, sample.Value))]);
        }

        return new ValueTask<AppendOutcome>(new AppendOutcome(batch.SampleCount, []));
    }

    public ISeriesSource Reader(TenantId tenant) => new Source(this, tenant);

    public async ValueTask<IReadOnlyList<string>> LabelNamesAsync(TenantId tenant, LabelQuery query, CancellationToken cancellationToken) =>
        Limited((await SeriesAsync(tenant, query with { Limit = 0 }, cancellationToken)).SelectMany(static labels => labels).Select(static label => label.Name), query.Limit);

    public async ValueTask<IReadOnlyList<string>> LabelValuesAsync(TenantId tenant, string name, LabelQuery query, CancellationToken cancellationToken) =>
        Limited((await SeriesAsync(tenant, query with { Limit = 0 }, cancellationToken)).Select(labels => labels.Get(name)).Where(static value => value.Length > 0), query.Limit);

    public async ValueTask<IReadOnlyList<Labels>> SeriesAsync(TenantId tenant, LabelQuery query, CancellationToken cancellationToken)
    {
        await BeforeSelect(cancellationToken);
        lock (_gate)
        {
            var found = Select(tenant, query.Window)
                .Select(static series => series.Key)
                .Where(labels => query.Selectors.Count == 0 || query.Selectors.Any(selector => selector.All(matcher => matcher.Matches(labels.Get(matcher.Name)))));
            return [.. query.Limit == 0 ? found : found.Take(query.Limit)];
        }
    }

    public ValueTask<IReadOnlyList<MetricMetadata>> MetadataAsync(TenantId tenant, CancellationToken cancellationToken) => new(Metadata);

    public MetricStoreStatistics Statistics() => new(_tenants.Sum(static tenant => tenant.Value.Count), 0, 0, 0, 0, null);

    public long SeriesCount(TenantId tenant) => _tenants.TryGetValue(tenant, out var series) ? series.Count : 0;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IReadOnlyList<string> Limited(IEnumerable<string> texts, int limit)
    {
        var sorted = texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return [.. limit == 0 ? sorted : sorted.Take(limit)];
    }

    private IEnumerable<KeyValuePair<Labels, SortedList<long, double>>> Select(TenantId tenant, TimeWindow window) =>
        _tenants.TryGetValue(tenant, out var all) ? all.Where(series => series.Value.Keys.Any(time => time >= window.From && time <= window.To)) : [];

    private sealed class Source(MemoryMetricStore store, TenantId tenant) : ISeriesSource
    {
        public async ValueTask<IReadOnlyList<ISeries>> SelectAsync(TimeWindow range, IReadOnlyList<LabelMatcher> matchers, CancellationToken cancellationToken)
        {
            await store.BeforeSelect(cancellationToken);
            lock (store._gate)
            {
                return [.. store.Select(tenant, range)
                    .Where(series => matchers.All(matcher => matcher.Matches(series.Key.Get(matcher.Name))))
                    .Select(static series => new Series(series.Key, [.. series.Value]))];
            }
        }
    }

    private sealed class Series(Labels labels, KeyValuePair<long, double>[] samples) : ISeries
    {
        public Labels Labels => labels;

        public void Read(TimeWindow window, SampleBuffer buffer, CancellationToken cancellationToken)
        {
            foreach (var (time, value) in samples)
            {
                if (time >= window.From && time <= window.To)
                {
                    buffer.Append(time, value);
                }
            }
        }
    }
}
