using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Storage;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Storage;

/// <summary>What the store does when it cannot take more, and when it can again.</summary>
public sealed class DiskFullTests : IAsyncLifetime
{
    private static readonly Labels Up = Labels.From(("__name__", "up"));
    private readonly StoreFolder _folder = new();

    public async ValueTask InitializeAsync() => await _folder.OpenAsync();

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    [Fact]
    public async Task RefusesAppendsBelowTheReserveAndGoesOnWhenThereIsRoom()
    {
        await _folder.AppendAsync(Up, (_folder.Now, 1));
        _folder.Free.Bytes = 1000;
        _folder.Clock.Advance(TimeSpan.FromSeconds(2));
        var refused = await Assert.ThrowsAsync<MetricStoreUnavailableException>(() => _folder.AppendAsync(Up, (_folder.Now, 2)));
        Assert.Contains(_folder.Path, refused.Message, StringComparison.Ordinal);
        Assert.Contains("1000 bytes free", refused.Message, StringComparison.Ordinal);
        Assert.Single(await _folder.ReadAsync(Up));

        _folder.Free.Bytes = 1L << 40;
        Assert.Equal(1, (await _folder.AppendAsync(Up, (_folder.Now, 2))).Accepted);
        await _folder.ReopenAsync();
        Assert.Equal([1d, 2d], (await _folder.ReadAsync(Up)).Select(static sample => sample.Value));
    }

    [Fact]
    public async Task LeavesNoTraceOfARefusedBatch()
    {
        _folder.Free.Bytes = 0;
        _folder.Clock.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<MetricStoreUnavailableException>(() => _folder.AppendAsync(Up, (_folder.Now, 1)));
        Assert.Equal(0, _folder.Store.SeriesCount(StoreFolder.Tenant));

        _folder.Free.Bytes = 1L << 40;
        Assert.Equal(1, (await _folder.AppendAsync(Up, (_folder.Now, 2))).Accepted);
        Assert.Equal([(_folder.Now, 2d)], await _folder.ReadAsync(Up));
    }

    [Fact]
    public async Task SurvivesAFailingLogFolderAndGoesOnAfterwards()
    {
        await _folder.AppendAsync(Up, (_folder.Now, 1));
        await _folder.ReopenAsync();
        var log = Path.Combine(_folder.Path, "log");
        Directory.Move(log, log + "-gone");
        await Assert.ThrowsAsync<MetricStoreUnavailableException>(() => _folder.AppendAsync(Up, (_folder.Now + 1, 2)));
        Directory.Move(log + "-gone", log);
        Assert.Equal(1, (await _folder.AppendAsync(Up, (_folder.Now + 1, 3))).Accepted);
        await _folder.ReopenAsync();

        Assert.Equal([1d, 3d], (await _folder.ReadAsync(Up)).Select(static sample => sample.Value));
    }

    [Fact]
    public async Task GoesOnAfterADiskThatCouldNotBeAsked()
    {
        _folder.Free.Failure = new DriveNotFoundException("no such drive");
        _folder.Clock.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<MetricStoreUnavailableException>(() => _folder.AppendAsync(Up, (_folder.Now, 1)));

        _folder.Free.Failure = null;
        Assert.Equal(1, (await _folder.AppendAsync(Up, (_folder.Now, 2))).Accepted);
    }

    [Fact]
    public async Task RefusesAppendsWhenMemoryIsFull()
    {
        _folder.Options = _folder.Options with { MaxHeadSamples = 2 };
        await _folder.ReopenAsync();
        await _folder.AppendAsync(Up, (_folder.Now, 1), (_folder.Now + 1, 2));

        var refused = await Assert.ThrowsAsync<MetricStoreUnavailableException>(() => _folder.AppendAsync(Up, (_folder.Now + 2, 3)));
        Assert.Contains("max_head_samples is 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadsALogLargerThanMemoryMayHoldByMovingItToDisk()
    {
        var samples = Enumerable.Range(0, 5000).Select(step => (_folder.Now + (step * 100L), (double)step)).ToArray();
        foreach (var part in samples.Chunk(250))
        {
            await _folder.AppendAsync(Up, part);
        }

        _folder.Clock.Advance(TimeSpan.FromMinutes(9));
        _folder.Options = _folder.Options with { MaxHeadSamples = 1000, OutOfOrderWindow = TimeSpan.FromSeconds(10) };
        await _folder.ReopenAsync();

        Assert.InRange(_folder.Store.Statistics().HeadSamples, 1, 1250);
        Assert.Equal(samples, await _folder.ReadAsync(Up));
        await _folder.ReopenAsync();
        Assert.Equal(samples, await _folder.ReadAsync(Up));
    }

    [Fact]
    public async Task RefusesASecondStoreOnTheFolder()
    {
        var refused = await Assert.ThrowsAsync<MetricStoreUnavailableException>(async () =>
            await EmbeddedMetricStore.OpenAsync(_folder.Options, _folder.Clock, new TestMeters(), null, CancellationToken.None));

        Assert.Contains("in use by another metric store", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NamesEveryOptionThatIsOutOfRange()
    {
        var options = _folder.Options with { Retention = TimeSpan.Zero, MaxLabelsPerSeries = 0, MinFreeBytes = -1 };

        var refused = await Assert.ThrowsAsync<ArgumentException>(async () => await EmbeddedMetricStore.OpenAsync(options, _folder.Clock, new TestMeters(), null, CancellationToken.None));
        Assert.All(["retention", "max_labels_per_series", "min_free_bytes"], name => Assert.Contains(name, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RefusesASelectionOfTooManySeries()
    {
        _folder.Options = _folder.Options with { MaxQuerySeries = 1 };
        await _folder.ReopenAsync();
        await _folder.AppendAsync(Up, (_folder.Now, 1));
        await _folder.AppendAsync(Labels.From(("__name__", "down")), (_folder.Now, 1));

        var refused = await Assert.ThrowsAsync<MetricQueryLimitException>(() => _folder.Store.SelectAsync(StoreFolder.Tenant, Samples.AnyName));
        Assert.Contains("max_query_series is 1", refused.Message, StringComparison.Ordinal);
    }
}
