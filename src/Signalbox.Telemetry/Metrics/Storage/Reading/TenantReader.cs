using System.Globalization;
using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Days;
using Signalbox.Telemetry.Metrics.Storage.Head;
using Signalbox.Telemetry.Metrics.Storage.Index;

namespace Signalbox.Telemetry.Metrics.Storage.Reading;

/// <summary>Finds one tenant's series, in memory and in day files.</summary>
internal sealed class TenantReader(TenantId tenant, HeadSet heads, DaySet days, EmbeddedMetricStoreOptions options, MetricStoreMetrics metrics) : ISeriesSource
{
    public ValueTask<IReadOnlyList<ISeries>> SelectAsync(TimeWindow range, IReadOnlyList<LabelMatcher> matchers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Memory first: what is moved to disk meanwhile is then seen twice, which reading sorts out, and never not at all.
        var (headIndex, head) = SelectHead(range, matchers, cancellationToken);
        Demand(head.Count);
        var overlapping = days.Overlapping(range);
        if (overlapping.Count == 0)
        {
            return ValueTask.FromResult<IReadOnlyList<ISeries>>([.. head.Select(series => InMemory(series, headIndex!))]);
        }

        var found = new Dictionary<SeriesIdentity, StoredSeries>(head.Count);
        foreach (var series in head)
        {
            found.Add(series.Identity, InMemory(series, headIndex!));
        }

        foreach (var day in overlapping)
        {
            var index = day.Index(tenant);
            foreach (var series in index.Select(matchers, range, cancellationToken))
            {
                if (!found.TryGetValue(series.Identity, out var stored))
                {
                    stored = new StoredSeries(series.Identity.Labels(index.Postings));
                    found.Add(series.Identity, stored);
                }

                stored.Add(new DayPart(day, series.Id));
            }

            // After each day, so that a question about many days holds neither all their labels nor all their series.
            days.TrimIndexes();
            Demand(found.Count);
        }

        return ValueTask.FromResult<IReadOnlyList<ISeries>>([.. found.Values]);
    }

    private static StoredSeries InMemory(HeadSeries series, SeriesIndex<HeadSeries> index) =>
        new(series.Identity.Labels(index.Postings)) { Head = new HeadPart(series.Chunks) };

    private (SeriesIndex<HeadSeries>? Index, List<HeadSeries> Series) SelectHead(TimeWindow range, IReadOnlyList<LabelMatcher> matchers, CancellationToken cancellationToken)
    {
        var index = heads.Find(tenant)?.Index;
        return (index, index?.Select(matchers, range, cancellationToken) ?? []);
    }

    private void Demand(int series)
    {
        if (series > options.MaxQuerySeries)
        {
            metrics.QueriesRefused.Add(1);
            throw new MetricQueryLimitException(string.Create(CultureInfo.InvariantCulture, $"The selector finds {series} series; max_query_series is {options.MaxQuerySeries}."));
        }
    }
}
