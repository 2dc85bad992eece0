using System.Diagnostics.Metrics;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Storage;

/// <summary>What the store reports of itself.</summary>
public sealed class StoreMetricsTests : IAsyncLifetime
{
    private readonly Dictionary<string, double> _sums = new(StringComparer.Ordinal);
    private readonly StoreFolder _folder = new();
    private readonly MeterListener _listener = new();

    public async ValueTask InitializeAsync()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, _folder.Meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
        await _folder.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _folder.DisposeAsync();
    }

    [Fact]
    public async Task CountsWhatWasTakenAndWhatWasRefusedByReason()
    {
        var up = Labels.From(("__name__", "up"));
        await _folder.AppendAsync(up, (_folder.Now, 1), (_folder.Now, 1), (_folder.Now, 2), (_folder.Now + 3_600_000, 1));
        _listener.RecordObservableInstruments();

        Assert.Equal(1, _sums["signalbox.metrics.store.samples.appended"]);
        Assert.Equal(1, _sums["signalbox.metrics.store.samples.repeated"]);
        Assert.Equal(1, _sums["signalbox.metrics.store.samples.rejected DuplicateTimestamp"]);
        Assert.Equal(1, _sums["signalbox.metrics.store.samples.rejected TooFarInFuture"]);
        Assert.Equal(1, _sums["signalbox.metrics.store.commit.size"]);
        Assert.Equal(1, _sums["signalbox.metrics.store.series.active"]);
        Assert.Equal(_folder.Store.Statistics().DiskBytes, _sums["signalbox.metrics.store.disk.usage"]);
    }

    [Fact]
    public async Task CountsDescriptionsBeyondTheLimit()
    {
        _folder.Options = _folder.Options with { MaxMetadataPerTenant = 1 };
        await _folder.ReopenAsync();
        using var batch = new MetricBatch();
        batch.AddMetadata(new MetricMetadata("a", MetricType.Gauge, "", ""));
        await _folder.Store.AppendAsync(StoreFolder.Tenant, batch, CancellationToken.None);
        batch.Clear();
        batch.AddMetadata(new MetricMetadata("b", MetricType.Gauge, "", ""));
        await _folder.Store.AppendAsync(StoreFolder.Tenant, batch, CancellationToken.None);

        Assert.Equal(1, _sums["signalbox.metrics.store.metadata.refused"]);
        Assert.Single(await _folder.Store.MetadataAsync(StoreFolder.Tenant, CancellationToken.None));
    }

    [Fact]
    public async Task HoldsTheLimitOfDescriptionsWithinOneBatch()
    {
        _folder.Options = _folder.Options with { MaxMetadataPerTenant = 2 };
        await _folder.ReopenAsync();
        using var batch = new MetricBatch();
        foreach (var family in new[] { "a", "a", "b", "c", "d" })
        {
            batch.AddMetadata(new MetricMetadata(family, MetricType.Gauge, "", ""));
        }

        await _folder.Store.AppendAsync(StoreFolder.Tenant, batch, CancellationToken.None);

        Assert.Equal(["a", "b"], (await _folder.Store.MetadataAsync(StoreFolder.Tenant, CancellationToken.None)).Select(static metadata => metadata.Family));
        Assert.Equal(2, _sums["signalbox.metrics.store.metadata.refused"]);
    }

    [Fact]
    public async Task RefusesAHugeHistogramAndKeepsTheRest()
    {
        var histogram = Histograms.Sample(1) with { CustomValues = new double[30_000] };
        using var batch = new MetricBatch();
        batch.AddSeries(Labels.From(("__name__", "huge")));
        batch.AddSample(_folder.Now, histogram);
        batch.AddSeries(Labels.From(("__name__", "up")));
        batch.AddSample(_folder.Now, 1);

        var outcome = await _folder.Store.AppendAsync(StoreFolder.Tenant, batch, CancellationToken.None);

        Assert.Equal(1, outcome.Accepted);
        var rejection = Assert.Single(outcome.Rejections);
        Assert.Equal(RejectionReason.HistogramSize, rejection.Reason);
        Assert.Contains("huge", rejection.Example, StringComparison.Ordinal);
        Assert.Contains("20000", rejection.Example, StringComparison.Ordinal);
        Assert.Equal(1, _folder.Store.SeriesCount(StoreFolder.Tenant));
    }

    [Fact]
    public async Task TellsACallerOfAMalformedKeyAndKeepsTheRest()
    {
        using var batch = new MetricBatch();
        batch.AddSeries([5, 1], 1);
        batch.AddSample(_folder.Now, 1);
        batch.AddSeries(Labels.From(("__name__", "up")));
        batch.AddSample(_folder.Now, 1);

        await Assert.ThrowsAsync<InvalidDataException>(async () => await _folder.Store.AppendAsync(StoreFolder.Tenant, batch, CancellationToken.None));
        Assert.Equal(1, _folder.Store.SeriesCount(StoreFolder.Tenant));
    }

    [Fact]
    public async Task StopsAnAppendThatWasCancelledBeforeItBegan()
    {
        using var batch = new MetricBatch();
        batch.AddSeries(Labels.From(("__name__", "up")));
        batch.AddSample(_folder.Now, 1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _folder.Store.AppendAsync(StoreFolder.Tenant, batch, new CancellationToken(canceled: true)));
        Assert.Equal(0, _folder.Store.SeriesCount(StoreFolder.Tenant));
    }

    [Fact]
    public async Task PacksWhatIsInMemoryWithoutChangingIt()
    {
        var random = new Random(7);
        var labels = Labels.From(("__name__", "gauge"));
        var samples = Enumerable.Range(0, 500).Select(step => (_folder.Now + (step * 1000L), Math.Round(random.NextDouble() * 100, 2))).ToArray();
        await _folder.AppendAsync(labels, samples);
        await _folder.RunOnceAsync();
        Assert.Equal(samples, await _folder.ReadAsync(labels));

        // A late sample falls into a packed chunk.
        await _folder.AppendAsync(labels, (_folder.Now + 100_500, 1));
        Assert.Equal(samples.Append((_folder.Now + 100_500, 1)).Order(), await _folder.ReadAsync(labels));
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_sums)
        {
            var name = tags.IsEmpty ? instrument.Name : $"{instrument.Name} {tags[0].Value}";
            _sums[name] = _sums.GetValueOrDefault(name) + value;
        }
    }
}
