using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Telemetry.Tests.Metrics.Storage;

/// <summary>Shorthand for writing to a store and reading it back.</summary>
internal static class Samples
{
    public static readonly TimeWindow AllTime = new(long.MinValue, long.MaxValue);

    public static readonly LabelMatcher AnyName = new(Labels.MetricName, MatchKind.NotEqual, "");

    public static async Task<AppendOutcome> AppendAsync(this IMetricStore store, TenantId tenant, Labels labels, params (long Time, double Value)[] samples)
    {
        using var batch = new MetricBatch();
        batch.AddSeries(labels);
        foreach (var (time, value) in samples)
        {
            batch.AddSample(time, value);
        }

        return await store.AppendAsync(tenant, batch, CancellationToken.None);
    }

    public static async Task<AppendOutcome> AppendAsync(this IMetricStore store, TenantId tenant, Labels labels, long time, HistogramSample histogram)
    {
        using var batch = new MetricBatch();
        batch.AddSeries(labels);
        batch.AddSample(time, histogram);
        return await store.AppendAsync(tenant, batch, CancellationToken.None);
    }

    public static void AddSeries(this MetricBatch batch, Labels labels) => batch.AddSeries(SeriesKey.FromLabels(labels), labels.Count);

    public static async Task<IReadOnlyList<ISeries>> SelectAsync(this IMetricStore store, TenantId tenant, params LabelMatcher[] matchers) =>
        await store.Reader(tenant).SelectAsync(AllTime, matchers, CancellationToken.None);

    /// <summary>All samples of the series with these labels; empty when there is none.</summary>
    public static async Task<List<(long Time, double Value)>> ReadAsync(this IMetricStore store, TenantId tenant, Labels labels, TimeWindow? window = null)
    {
        var found = await store.Reader(tenant).SelectAsync(window ?? AllTime, [.. labels.Select(static label => new LabelMatcher(label.Name, MatchKind.Equal, label.Value))], CancellationToken.None);
        return found.SingleOrDefault(series => series.Labels == labels)?.ToList(window ?? AllTime) ?? [];
    }

    public static List<(long Time, double Value)> ToList(this ISeries series, TimeWindow window)
    {
        using var buffer = new SampleBuffer();
        series.Read(window, buffer, CancellationToken.None);
        var samples = new List<(long, double)>();
        for (var index = 0; index < buffer.Count; index++)
        {
            samples.Add((buffer.Timestamps[index], buffer.Values[index]));
        }

        return samples;
    }
}
