using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Storage.Days;

/// <summary>How samples move from memory into day files, and leave.</summary>
public sealed class DayFileTests : IAsyncLifetime
{
    private static readonly Labels Up = Labels.From(("__name__", "up"), ("job", "api"));
    private static readonly Labels Down = Labels.From(("__name__", "down"), ("job", "api"));

    private readonly StoreFolder _folder = new();

    public async ValueTask InitializeAsync() => await _folder.OpenAsync();

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    [Fact]
    public async Task MovesAgedSamplesToTheirDayAndReadsThemBack()
    {
        var samples = await FillAsync(TimeSpan.FromHours(6));
        await _folder.RunOnceAsync();

        Assert.Equal(["metrics-2026-03-03.db", "metrics-2026-03-04.db"], _folder.DayFiles);
        Assert.True(_folder.Store.Statistics().HeadSamples < samples.Count / 2);
        Assert.Equal(samples, await _folder.ReadAsync(Up));
        await _folder.ReopenAsync();
        Assert.Equal(samples, await _folder.ReadAsync(Up));
    }

    [Fact]
    public async Task RunsTwiceWithoutWritingTwice()
    {
        var samples = await FillAsync(TimeSpan.FromHours(3));
        await _folder.RunOnceAsync();
        await _folder.RunOnceAsync();
        _folder.Clock.Advance(TimeSpan.FromMinutes(61));
        await _folder.RunOnceAsync();
        await _folder.ReopenAsync();

        Assert.Equal(samples, await _folder.ReadAsync(Up));
    }

    [Fact]
    public async Task DropsLogSegmentsWhoseSamplesAreOnDisk()
    {
        await FillAsync(TimeSpan.FromHours(3));
        await _folder.RunOnceAsync();
        _folder.Clock.Advance(TimeSpan.FromHours(2));
        await _folder.AppendAsync(Up, (_folder.Now, 1));
        await _folder.RunOnceAsync();

        Assert.Single(_folder.LogFiles);
        await _folder.ReopenAsync();
        Assert.Equal(1, _folder.Store.Recovery.Samples);
    }

    [Fact]
    public async Task ForgetsStaleSeriesInMemoryButFindsThemOnDisk()
    {
        await _folder.AppendAsync(Up, (_folder.Now, 1));
        _folder.Clock.Advance(TimeSpan.FromHours(3));
        await _folder.AppendAsync(Down, (_folder.Now, 2));
        await _folder.RunOnceAsync();

        Assert.Equal(1, _folder.Store.SeriesCount(StoreFolder.Tenant));
        var all = new LabelQuery(Samples.AllTime, [], 0);
        Assert.Equal(["down", "up"], await _folder.Store.LabelValuesAsync(StoreFolder.Tenant, "__name__", all, CancellationToken.None));
        Assert.Equal([Down, Up], await _folder.Store.SeriesAsync(StoreFolder.Tenant, all, CancellationToken.None));
        Assert.Single(await _folder.ReadAsync(Up));
        await _folder.AppendAsync(Up, (_folder.Now, 3));
        Assert.Equal([1d, 3d], (await _folder.ReadAsync(Up)).Select(static sample => sample.Value));
    }

    [Fact]
    public async Task RefusesSamplesFromBeforeWhatIsOnDisk()
    {
        var samples = await FillAsync(TimeSpan.FromHours(3));
        await _folder.RunOnceAsync();
        var outcome = await _folder.AppendAsync(Down, (samples[0].Time, 1));

        Assert.Equal(RejectionReason.TooOld, Assert.Single(outcome.Rejections).Reason);
        await _folder.ReopenAsync();
        Assert.Equal(RejectionReason.TooOld, Assert.Single((await _folder.AppendAsync(Down, (samples[0].Time, 1))).Rejections).Reason);
    }

    [Fact]
    public async Task MovesNativeHistogramsToDisk()
    {
        var start = _folder.Now;
        for (var step = 0; step < 10; step++)
        {
            await _folder.Store.AppendAsync(StoreFolder.Tenant, Up, start + (step * 2), Histograms.Sample(step));
            await _folder.AppendAsync(Up, (start + (step * 2) + 1, step));
        }

        _folder.Clock.Advance(TimeSpan.FromHours(3));
        await _folder.RunOnceAsync();
        await _folder.ReopenAsync();

        using var buffer = new SampleBuffer();
        Assert.Single(await _folder.Store.SelectAsync(StoreFolder.Tenant, Samples.AnyName)).Read(Samples.AllTime, buffer, CancellationToken.None);
        Assert.Equal(20, buffer.Count);
        Assert.All(Enumerable.Range(0, 10), step => Assert.True(Histograms.Same(Histograms.Sample(step), buffer.HistogramAt(step * 2))));
        Assert.Equal(9, buffer.Values[19]);
    }

    [Fact]
    public async Task DeletesDaysOlderThanTheRetention()
    {
        await _folder.AppendAsync(Up, (_folder.Now, 1));
        _folder.Clock.Advance(TimeSpan.FromDays(1));
        await _folder.AppendAsync(Up, (_folder.Now, 2));
        _folder.Clock.Advance(TimeSpan.FromHours(3));
        await _folder.RunOnceAsync();
        Assert.Equal(2, _folder.DayFiles.Count);
        _folder.Clock.Advance(TimeSpan.FromDays(15) - TimeSpan.FromHours(6));
        await _folder.RunOnceAsync();

        Assert.Equal(["metrics-2026-03-05.db"], _folder.DayFiles);
        Assert.Equal([2d], (await _folder.ReadAsync(Up)).Select(static sample => sample.Value));
    }

    [Fact]
    public async Task DeletesTheOldestDaysToStayWithinTheQuota()
    {
        await FillDaysAsync(3);
        Assert.Equal(3, _folder.DayFiles.Count);
        await _folder.ReopenAsync();
        _folder.Options = _folder.Options with { DiskQuotaBytes = _folder.Store.Statistics().DiskBytes - 1 };
        await _folder.ReopenAsync();
        await _folder.RunOnceAsync();

        Assert.Equal(2, _folder.DayFiles.Count);
        Assert.True(_folder.Store.Statistics().DiskBytes <= _folder.Options.DiskQuotaBytes);
        await _folder.ReopenAsync();
        Assert.Equal(2, (await _folder.ReadAsync(Up)).Count);
    }

    [Fact]
    public async Task RefusesAppendsWhenTodayAloneIsOverTheQuota()
    {
        await FillAsync(TimeSpan.FromHours(1));
        _folder.Options = _folder.Options with { DiskQuotaBytes = 1000 };
        await _folder.ReopenAsync();
        await _folder.RunOnceAsync();

        var refused = await Assert.ThrowsAsync<MetricStoreUnavailableException>(() => _folder.AppendAsync(Up, (_folder.Now + 1, 1)));
        Assert.Contains("disk_quota_bytes is 1000", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LetsAQueryFinishOnADayThatIsDeletedMeanwhile()
    {
        await FillDaysAsync(2);
        var series = Assert.Single(await _folder.Store.SelectAsync(StoreFolder.Tenant, Samples.AnyName));
        _folder.Clock.Advance(TimeSpan.FromDays(30));
        await _folder.RunOnceAsync();

        Assert.Empty(_folder.DayFiles);
        Assert.Empty(series.ToList(Samples.AllTime));
    }

    [Fact]
    public async Task ReadsAWindowAcrossDaysAndMemory()
    {
        var samples = await FillAsync(TimeSpan.FromHours(8));
        await _folder.RunOnceAsync();
        var window = new TimeWindow(samples[10].Time, samples[^10].Time);

        Assert.Equal(samples[10..^9], await _folder.Store.ReadAsync(StoreFolder.Tenant, Up, window));
    }

    [Fact]
    public async Task ReadsTheSameWhileSamplesAreBeingMoved()
    {
        var samples = await FillAsync(TimeSpan.FromHours(4));
        var before = Assert.Single(await _folder.Store.SelectAsync(StoreFolder.Tenant, Samples.AnyName));
        await _folder.RunOnceAsync();

        Assert.Equal(samples, before.ToList(Samples.AllTime));
    }

    [Fact]
    public async Task PutsADayFileThatIsNotOneAside()
    {
        await FillDaysAsync(2);
        await _folder.Store.DisposeAsync();
        File.WriteAllBytes(Path.Combine(_folder.Path, _folder.DayFiles[0]), new byte[8192]);
        File.WriteAllText(Path.Combine(_folder.Path, "metrics-2020-01-01.db"), new string('x', 5000));
        await _folder.OpenAsync();

        Assert.Contains(_folder.Store.Recovery.Damage, static sentence => sentence.Contains("metrics-2020-01-01.db", StringComparison.Ordinal));
        Assert.NotEmpty(await _folder.ReadAsync(Up));
    }

    [Fact]
    public async Task KeepsTenantsApartInADayThatIsDeletedAndBegunAgain()
    {
        _folder.Options = _folder.Options with { DiskQuotaBytes = 600_000 };
        await _folder.ReopenAsync();
        _folder.Clock.Advance(new DateTimeOffset(2026, 3, 4, 20, 0, 0, TimeSpan.Zero) - _folder.Clock.GetUtcNow());
        var (evening, other) = (_folder.Now, new TenantId("other"));
        await PadAsync(StoreFolder.Tenant, 200);
        var mine = Padded(0);
        _folder.Clock.Advance(TimeSpan.FromHours(2));
        await _folder.AppendAsync(mine, (_folder.Now, 2));
        _folder.Clock.Advance(TimeSpan.FromMinutes(30));
        await _folder.RunOnceAsync();
        _folder.Clock.Advance(TimeSpan.FromHours(1));
        var late = _folder.Now;
        await _folder.AppendAsync(mine, (late, 3));
        await _folder.Store.AppendAsync(other, Down, (late + 1000, 77));

        // After midnight the log of the new day takes the store over its quota, so yesterday goes; what of it is still in memory then begins it again.
        _folder.Clock.Advance(TimeSpan.FromMinutes(40));
        await PadAsync(new TenantId("third"), 350);
        await _folder.RunOnceAsync();
        Assert.Empty(_folder.DayFiles);
        await _folder.RunOnceAsync();
        Assert.Equal(["metrics-2026-03-04.db"], _folder.DayFiles);

        Assert.Equal([(late + 1000, 77d)], await _folder.Store.ReadAsync(other, Down));
        Assert.Equal([(evening, 0d), (evening + 7_200_000, 2d), (late, 3d)], await _folder.ReadAsync(mine));
    }

    [Fact]
    public async Task DeletesOldDaysThoughNothingCanBeMovedToDisk()
    {
        await FillDaysAsync(1);
        Assert.Single(_folder.DayFiles);
        _folder.Clock.Advance(TimeSpan.FromDays(15));
        await _folder.AppendAsync(Up, (_folder.Now, 1));
        var today = $"metrics-{_folder.Clock.GetUtcNow():yyyy-MM-dd}.db";
        Directory.CreateDirectory(Path.Combine(_folder.Path, today));
        _folder.Clock.Advance(TimeSpan.FromHours(3));

        await Assert.ThrowsAnyAsync<Exception>(() => _folder.RunOnceAsync());
        Assert.Empty(_folder.DayFiles);

        Directory.Delete(Path.Combine(_folder.Path, today));
        await _folder.RunOnceAsync();
        Assert.Equal([today], _folder.DayFiles);
        Assert.Equal([1d], (await _folder.ReadAsync(Up)).Select(static sample => sample.Value));
    }

    [Fact]
    public async Task OpensWithoutDescriptionsWhenTheirFileIsDamagedInside()
    {
        await _folder.AppendAsync(Up, (_folder.Now, 1));
        using var batch = new MetricBatch();
        for (var family = 0; family < 500; family++)
        {
            batch.AddMetadata(new MetricMetadata($"family_{family}", MetricType.Gauge, new string('h', 100), ""));
        }

        await _folder.Store.AppendAsync(StoreFolder.Tenant, batch, CancellationToken.None);
        await _folder.RunOnceAsync();
        await _folder.Store.DisposeAsync();

        // The first pages hold the schema; those behind hold the descriptions.
        var path = Path.Combine(_folder.Path, "catalogue.db");
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(4 * 8192).Fill(0xA5);
        File.WriteAllBytes(path, bytes);
        await _folder.OpenAsync();

        Assert.Contains(_folder.Store.Recovery.Damage, static sentence => sentence.Contains("catalogue.db", StringComparison.Ordinal));
        Assert.Single(await _folder.ReadAsync(Up));
        await _folder.RunOnceAsync();
        Assert.Equal(500, (await _folder.Store.MetadataAsync(StoreFolder.Tenant, CancellationToken.None)).Count);
    }

    private async Task<List<(long Time, double Value)>> FillAsync(TimeSpan age)
    {
        var samples = new List<(long Time, double Value)>();
        for (var time = _folder.Now - (long)age.TotalMilliseconds; time <= _folder.Now; time += 15_000)
        {
            samples.Add((time, samples.Count % 7));
        }

        await _folder.AppendAsync(Up, [.. samples]);
        return samples;
    }

    private async Task FillDaysAsync(int days)
    {
        for (var day = 0; day < days; day++)
        {
            await _folder.AppendAsync(Up, (_folder.Now, day));
            _folder.Clock.Advance(TimeSpan.FromDays(1));
            await _folder.RunOnceAsync();
        }
    }

    private static Labels Padded(int number) => Labels.From(("__name__", "padded"), ("pad", new string('x', 1000)), ("n", $"{number}"));

    private async Task PadAsync(TenantId tenant, int series)
    {
        using var batch = new MetricBatch();
        for (var number = 0; number < series; number++)
        {
            batch.AddSeries(Padded(number));
            batch.AddSample(_folder.Now, number);
        }

        await _folder.Store.AppendAsync(tenant, batch, CancellationToken.None);
    }
}
