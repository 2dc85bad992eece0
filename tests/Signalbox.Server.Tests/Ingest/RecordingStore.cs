using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry;
using Signalbox.Telemetry.Metrics;
using Xunit;

namespace Signalbox.Server.Tests.Ingest;

/// <summary>Takes every sample and remembers it in the order it came.</summary>
internal sealed class RecordingStore : IMetricStore
{
    private readonly List<RecordedSample> _samples = [];

    /// <summary>What appends are refused with; null when they are taken.</summary>
    public string? Refusal { get; set; }

    public IReadOnlyList<RecordedSample> Samples => _samples;

    public IEnumerable<double> ValuesOf(string name) => _samples.Where(sample => sample.Labels.Name == name).Select(static sample => sample.Value);

    public ValueTask<AppendOutcome> AppendAsync(TenantId tenant, MetricBatch batch, CancellationToken cancellationToken)
    {
        if (Refusal is { } refusal)
        {
            throw new MetricStoreUnavailableException(refusal);
        }

        for (var series = 0; series < batch.SeriesCount; series++)
        {
            var labels = SeriesKey.ToLabels(batch.KeyOf(series));
            Assert.Equal(labels.Count, batch.LabelCountOf(series));
            foreach (var sample in batch.SamplesOf(series))
            {
                _samples.Add(new RecordedSample(tenant, labels, sample.Timestamp, sample.Value));
            }
        }

        return ValueTask.FromResult(new AppendOutcome(batch.SampleCount, []));
    }

    public void Forget() => _samples.Clear();

    public ISeriesSource Reader(TenantId tenant) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<string>> LabelNamesAsync(TenantId tenant, LabelQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<string>> LabelValuesAsync(TenantId tenant, string name, LabelQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Labels>> SeriesAsync(TenantId tenant, LabelQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<MetricMetadata>> MetadataAsync(TenantId tenant, CancellationToken cancellationToken) => throw new NotSupportedException();

    public MetricStoreStatistics Statistics() => new(0, 0, 0, 0, 0, null);

    public long SeriesCount(TenantId tenant) => 0;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>One sample that was appended.</summary>
internal sealed record RecordedSample(TenantId Tenant, Labels Labels, long Timestamp, double Value);
