using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Storage;
using Signalbox.Telemetry.Metrics.Storage.Days;
using Signalbox.Telemetry.Metrics.Storage.Head;
using Signalbox.Telemetry.Metrics.Storage.Reading;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Storage.Reading;

/// <summary>What a question about many days leaves in memory.</summary>
public sealed class LabelCacheTests : IAsyncLifetime
{
    private readonly StoreFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        await _folder.OpenAsync();
        for (var day = 0; day < 4; day++)
        {
            await _folder.AppendAsync(Labels.From(("__name__", "up"), ("day", $"{day}")), (_folder.Now, day));
            _folder.Clock.Advance(TimeSpan.FromDays(1));
            await _folder.RunOnceAsync();
        }

        await _folder.Store.DisposeAsync();
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    [Fact]
    public async Task KeepsNoMoreLabelsOfPastDaysThanItMay()
    {
        using var meters = new TestMeters();
        using var metrics = new MetricStoreMetrics(meters);
        var environment = new StoreEnvironment(_folder.Clock, meters, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, _folder.Free);
        using var days = DaySet.Open(_folder.Path, 2, new Quarantine(_folder.Path, environment, metrics));
        var found = await new TenantReader(StoreFolder.Tenant, new HeadSet(), days, _folder.Options, metrics).SelectAsync(Samples.AllTime, [Samples.AnyName], CancellationToken.None);
        Assert.Equal(4, found.Count);
        Assert.InRange(days.Days.Sum(static day => day.CachedSeries), 1, 2);

        days.Days[0].ForgetIndexes();
        Assert.Equal(4, new LabelReader(StoreFolder.Tenant, new HeadSet(), days).Values("day", new LabelQuery(Samples.AllTime, [], 0), CancellationToken.None).Count);
        Assert.InRange(days.Days.Sum(static day => day.CachedSeries), 1, 2);
    }
}
