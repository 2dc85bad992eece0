using System.Globalization;
using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Head;

namespace Signalbox.Telemetry.Metrics.Storage.Reading;

/// <summary>Finds one tenant's series, in memory and in day files.</summary>
internal sealed class TenantReader(TenantId tenant, HeadSet heads, EmbeddedMetricStoreOptions options, MetricStoreMetrics metrics) : ISeriesSource
{
    public ValueTask<IReadOnlyList<ISeries>> SelectAsync(TimeWindow range, IReadOnlyList<LabelMatcher> matchers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = new List<ISeries>();
        if (heads.Find(tenant) is { } head)
        {
            var index = head.Index;
            foreach (var series in index.Select(matchers, range, cancellationToken))
            {
                found.Add(new StoredSeries(series.Identity.Labels(index.Postings)) { Head = new HeadPart(series.Chunks) });
            }
        }

        if (found.Count > options.MaxQuerySeries)
        {
            metrics.QueriesRefused.Add(1);
            throw new MetricQueryLimitException(string.Create(CultureInfo.InvariantCulture, $"The selector finds {found.Count} series; max_query_series is {options.MaxQuerySeries}."));
        }

        return ValueTask.FromResult<IReadOnlyList<ISeries>>(found);
    }
}
