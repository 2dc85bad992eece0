using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Storage;

/// <summary>What every metric store must do; a store's own test class derives from it.</summary>
public abstract class MetricStoreConformance : IAsyncLifetime
{
    protected static readonly TenantId Tenant = new("acme");
    protected static readonly TenantId OtherTenant = new("globex");

    internal FakeClock Clock { get; } = new();

    protected IMetricStore Store { get; private set; } = null!;

    protected long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public async ValueTask InitializeAsync() => Store = await OpenAsync(StoreLimits.Default);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await CleanUpAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store under test over what an earlier one of the same test left.</summary>
    protected abstract ValueTask<IMetricStore> OpenAsync(StoreLimits limits);

    protected abstract ValueTask CleanUpAsync();

    private protected async Task ReopenAsync(StoreLimits? limits = null)
    {
        await Store.DisposeAsync();
        Store = await OpenAsync(limits ?? StoreLimits.Default);
    }

    [Fact]
    public async Task ReturnsWhatWasAppended()
    {
        var labels = Labels.From(("__name__", "up"), ("job", "api"));
        var outcome = await Store.AppendAsync(Tenant, labels, (Now - 30_000, 1), (Now - 15_000, 0), (Now, 1));

        Assert.Equal(3, outcome.Accepted);
        Assert.Empty(outcome.Rejections);
        Assert.Equal([(Now - 30_000, 1d), (Now - 15_000, 0d), (Now, 1d)], await Store.ReadAsync(Tenant, labels));
    }

    [Fact]
    public async Task KeepsEverythingAcrossARestart()
    {
        var labels = Labels.From(("__name__", "up"), ("job", "日本"));
        await Store.AppendAsync(Tenant, labels, (Now - 15_000, 1), (Now, StaleMarker.Value));
        await ReopenAsync();

        var samples = await Store.ReadAsync(Tenant, labels);
        Assert.Equal([Now - 15_000, Now], samples.Select(static sample => sample.Time));
        Assert.True(StaleMarker.Is(samples[1].Value));
    }

    [Fact]
    public async Task ReadsOnlyTheClosedWindow()
    {
        var labels = Labels.From(("__name__", "up"));
        await Store.AppendAsync(Tenant, labels, (Now - 3000, 1), (Now - 2000, 2), (Now - 1000, 3), (Now, 4));

        Assert.Equal([(Now - 2000, 2d), (Now - 1000, 3d)], await Store.ReadAsync(Tenant, labels, new TimeWindow(Now - 2000, Now - 1000)));
        Assert.Empty(await Store.Reader(Tenant).SelectAsync(new TimeWindow(Now + 1, Now + 1000), [Samples.AnyName], CancellationToken.None));
    }

    [Fact]
    public async Task NeverShowsOneTenantToAnother()
    {
        var labels = Labels.From(("__name__", "secret_total"), ("customer", "acme-corp"));
        await Store.AppendAsync(Tenant, labels, (Now, 42));
        await DescribeAsync(Tenant, new MetricMetadata("secret", MetricType.Counter, "Secrets.", ""));
        var all = new LabelQuery(Samples.AllTime, [], 0);

        Assert.Empty(await Store.SelectAsync(OtherTenant, Samples.AnyName));
        Assert.Empty(await Store.LabelNamesAsync(OtherTenant, all, CancellationToken.None));
        Assert.Empty(await Store.LabelValuesAsync(OtherTenant, "customer", all, CancellationToken.None));
        Assert.Empty(await Store.SeriesAsync(OtherTenant, all, CancellationToken.None));
        Assert.Empty(await Store.MetadataAsync(OtherTenant, CancellationToken.None));
        Assert.Equal(0, Store.SeriesCount(OtherTenant));

        await Store.AppendAsync(OtherTenant, labels, (Now, 7));
        Assert.Equal([(Now, 42d)], await Store.ReadAsync(Tenant, labels));
        Assert.Equal([(Now, 7d)], await Store.ReadAsync(OtherTenant, labels));
    }

    [Fact]
    public async Task MergesLateSamplesWithinTheWindow()
    {
        var labels = Labels.From(("__name__", "late"));
        await Store.AppendAsync(Tenant, labels, (Now - 60_000, 1), (Now, 4));
        var outcome = await Store.AppendAsync(Tenant, labels, (Now - 15_000, 3), (Now - 30_000, 2));

        Assert.Equal(2, outcome.Accepted);
        List<(long, double)> expected = [(Now - 60_000, 1), (Now - 30_000, 2), (Now - 15_000, 3), (Now, 4)];
        Assert.Equal(expected, await Store.ReadAsync(Tenant, labels));
        await ReopenAsync();
        Assert.Equal(expected, await Store.ReadAsync(Tenant, labels));
    }

    [Fact]
    public async Task RefusesWhatIsOlderThanTheOutOfOrderWindow()
    {
        var labels = Labels.From(("__name__", "late"));
        await Store.AppendAsync(Tenant, labels, (Now, 1));
        var outcome = await Store.AppendAsync(Tenant, labels, (Now - 600_001, 1), (Now - 600_000, 2));

        Assert.Equal(1, outcome.Accepted);
        var rejection = Assert.Single(outcome.Rejections);
        Assert.Equal((RejectionReason.TooOld, 1L), (rejection.Reason, rejection.Count));
        Assert.Contains("late", rejection.Example, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusesWhatIsTooFarInTheFuture()
    {
        var outcome = await Store.AppendAsync(Tenant, Labels.From(("__name__", "up")), (Now + 600_000, 1), (Now + 600_001, 1));

        Assert.Equal(1, outcome.Accepted);
        Assert.Equal(RejectionReason.TooFarInFuture, Assert.Single(outcome.Rejections).Reason);
    }

    [Fact]
    public async Task TakesARepeatedSampleWithoutKeepingItTwice()
    {
        var labels = Labels.From(("__name__", "up"));
        await Store.AppendAsync(Tenant, labels, (Now - 1000, 1), (Now, double.NaN));
        var outcome = await Store.AppendAsync(Tenant, labels, (Now - 1000, 1), (Now, double.NaN), (Now, double.NaN));

        Assert.Equal(3, outcome.Accepted);
        Assert.Equal(2, (await Store.ReadAsync(Tenant, labels)).Count);
    }

    [Fact]
    public async Task RefusesAnotherValueAtTheSameTime()
    {
        var labels = Labels.From(("__name__", "up"));
        await Store.AppendAsync(Tenant, labels, (Now, 1));
        var outcome = await Store.AppendAsync(Tenant, labels, (Now, 2), (Now + 1, 3), (Now + 1, 4));

        Assert.Equal(1, outcome.Accepted);
        var rejection = Assert.Single(outcome.Rejections);
        Assert.Equal((RejectionReason.DuplicateTimestamp, 2L), (rejection.Reason, rejection.Count));
        Assert.Equal([(Now, 1d), (Now + 1, 3d)], await Store.ReadAsync(Tenant, labels));
    }

    [Fact]
    public async Task RefusesSeriesOverTheTenantsLimitAndKeepsTheRest()
    {
        await ReopenAsync(StoreLimits.Default with { SeriesPerTenant = 2 });
        using var batch = new MetricBatch();
        for (var number = 0; number < 4; number++)
        {
            batch.AddSeries(Labels.From(("__name__", "up"), ("n", $"{number}")));
            batch.AddSample(Now, 1);
        }

        var outcome = await Store.AppendAsync(Tenant, batch, CancellationToken.None);

        Assert.Equal((2, 2), (outcome.Accepted, outcome.Rejected));
        var rejection = Assert.Single(outcome.Rejections);
        Assert.Equal(RejectionReason.SeriesLimit, rejection.Reason);
        Assert.Contains("max_series_per_tenant is 2", rejection.Example, StringComparison.Ordinal);
        Assert.Equal(2, Store.SeriesCount(Tenant));
        Assert.Equal(1, (await Store.AppendAsync(OtherTenant, Labels.From(("__name__", "up")), (Now, 1))).Accepted);
    }

    [Fact]
    public async Task NamesTheLimitOnLabelsThatASeriesBreaks()
    {
        await ReopenAsync(StoreLimits.Default with { LabelsPerSeries = 3, LabelNameBytes = 8, LabelValueBytes = 16 });
        var many = await Store.AppendAsync(Tenant, Labels.From(("a", "1"), ("b", "1"), ("c", "1"), ("d", "1")), (Now, 1));
        var longName = await Store.AppendAsync(Tenant, Labels.From(("a_long_name", "1")), (Now, 1));
        var longValue = await Store.AppendAsync(Tenant, Labels.From(("a", new string('x', 17))), (Now, 1));

        Assert.Equal(RejectionReason.LabelsPerSeries, Assert.Single(many.Rejections).Reason);
        Assert.Equal(RejectionReason.LabelNameLength, Assert.Single(longName.Rejections).Reason);
        Assert.Equal(RejectionReason.LabelValueLength, Assert.Single(longValue.Rejections).Reason);
        Assert.Equal(0, Store.SeriesCount(Tenant));
    }

    [Fact]
    public async Task KeepsNativeHistogramsBesideFloats()
    {
        var labels = Labels.From(("__name__", "latency"));
        await Store.AppendAsync(Tenant, labels, (Now - 2000, 1));
        await Store.AppendAsync(Tenant, labels, Now - 1000, Histograms.Sample(3));
        await Store.AppendAsync(Tenant, labels, Now, Histograms.Sample(9));
        await Store.AppendAsync(Tenant, labels, (Now + 1000, 2));
        await ReopenAsync();

        using var buffer = new SampleBuffer();
        Assert.Single(await Store.SelectAsync(Tenant, Samples.AnyName)).Read(Samples.AllTime, buffer, CancellationToken.None);
        Assert.Equal([Now - 2000, Now - 1000, Now, Now + 1000], buffer.Timestamps.ToArray());
        Assert.Equal((1d, 2d), (buffer.Values[0], buffer.Values[3]));
        Assert.True(Histograms.Same(Histograms.Sample(3), buffer.HistogramAt(1)));
        Assert.True(Histograms.Same(Histograms.Sample(9), buffer.HistogramAt(2)));
    }

    [Fact]
    public async Task FindsSeriesByEveryKindOfMatcher()
    {
        foreach (var (job, code) in new[] { ("api", "200"), ("api", "500"), ("web", "200"), ("db", "") })
        {
            await Store.AppendAsync(Tenant, Labels.From([new("__name__", "requests"), new("job", job), .. code.Length > 0 ? [new Label("code", code)] : Array.Empty<Label>()]), (Now, 1));
        }

        async Task<string> Find(params LabelMatcher[] matchers) =>
            string.Join(' ', (await Store.SelectAsync(Tenant, matchers)).Select(static series => $"{series.Labels.Get("job")}{series.Labels.Get("code")}").Order(StringComparer.Ordinal));

        Assert.Equal("api200 api500", await Find(new("job", MatchKind.Equal, "api"), Samples.AnyName));
        Assert.Equal("db web200", await Find(new("job", MatchKind.NotEqual, "api"), Samples.AnyName));
        Assert.Equal("api200 api500 db", await Find(new LabelMatcher("job", MatchKind.Regex, "api|db|absent")));
        Assert.Equal("api200 web200", await Find(new LabelMatcher("code", MatchKind.Regex, "2.*")));
        Assert.Equal("api200 api500 web200", await Find(new LabelMatcher("code", MatchKind.Regex, ".+")));
        Assert.Equal("db", await Find(new("code", MatchKind.Equal, ""), Samples.AnyName));
        Assert.Equal("api500 db", await Find(new("code", MatchKind.NotRegex, "2.."), Samples.AnyName));
        Assert.Equal("db web200", await Find(new("job", MatchKind.NotRegex, "a[pq]i"), Samples.AnyName));
        Assert.Equal("api200 api500 db web200", await Find(new("code", MatchKind.Regex, ".*"), Samples.AnyName));
        Assert.Equal("db web200", await Find(new("code", MatchKind.Regex, "|200"), new("job", MatchKind.NotRegex, "api|x"), Samples.AnyName));
        Assert.Equal("", await Find(new("absent", MatchKind.Equal, "x"), Samples.AnyName));
        Assert.Equal("api200 api500 db web200", await Find(new("absent", MatchKind.NotEqual, "x"), Samples.AnyName));
    }

    [Fact]
    public async Task ListsLabelNamesValuesAndSeriesInOrderUpToALimit()
    {
        await Store.AppendAsync(Tenant, Labels.From(("__name__", "up"), ("job", "web"), ("zone", "a")), (Now, 1));
        await Store.AppendAsync(Tenant, Labels.From(("__name__", "up"), ("job", "api")), (Now, 1));
        await Store.AppendAsync(Tenant, Labels.From(("__name__", "old"), ("job", "db"), ("rack", "7")), (Now - 3_000_000, 1));
        var recent = new TimeWindow(Now - 1000, Now);
        var up = new LabelQuery(Samples.AllTime, [[new LabelMatcher("job", MatchKind.Equal, "web")], [new LabelMatcher("job", MatchKind.Equal, "db")]], 0);

        Assert.Equal(["__name__", "job", "rack", "zone"], await Store.LabelNamesAsync(Tenant, new LabelQuery(Samples.AllTime, [], 0), CancellationToken.None));
        Assert.Equal(["__name__", "job", "zone"], await Store.LabelNamesAsync(Tenant, new LabelQuery(recent, [], 0), CancellationToken.None));
        Assert.Equal(["api", "db"], await Store.LabelValuesAsync(Tenant, "job", new LabelQuery(Samples.AllTime, [], 2), CancellationToken.None));
        Assert.Equal(["db", "web"], await Store.LabelValuesAsync(Tenant, "job", up, CancellationToken.None));
        Assert.Equal(["old", "up"], (await Store.SeriesAsync(Tenant, up, CancellationToken.None)).Select(static labels => labels.Name));
        Assert.Single(await Store.SeriesAsync(Tenant, new LabelQuery(recent, [], 1), CancellationToken.None));
        Assert.Empty(await Store.LabelValuesAsync(Tenant, "absent", up, CancellationToken.None));
    }

    [Fact]
    public async Task KeepsTheLatestDescriptionOfAFamilyAcrossARestart()
    {
        await DescribeAsync(Tenant, new MetricMetadata("up", MetricType.Gauge, "Old.", ""), new MetricMetadata("a", MetricType.Counter, "", "seconds"));
        await DescribeAsync(Tenant, new MetricMetadata("up", MetricType.Gauge, "New.", ""));
        await ReopenAsync();

        Assert.Equal(
            [new MetricMetadata("a", MetricType.Counter, "", "seconds"), new MetricMetadata("up", MetricType.Gauge, "New.", "")],
            await Store.MetadataAsync(Tenant, CancellationToken.None));
    }

    [Fact]
    public async Task KeepsEveryBitOfAValue()
    {
        var labels = Labels.From(("__name__", "odd"));
        double[] values = [0, -0.0, double.NaN, BitConverter.Int64BitsToDouble(0x7ff8000000000123), StaleMarker.Value, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, 0.1];
        await Store.AppendAsync(Tenant, labels, [.. values.Select((value, index) => (Now + index, value))]);
        await ReopenAsync();

        Assert.Equal(values.Select(BitConverter.DoubleToInt64Bits), (await Store.ReadAsync(Tenant, labels)).Select(static sample => BitConverter.DoubleToInt64Bits(sample.Value)));
    }

    [Fact]
    public async Task AcknowledgesManyCallersAtOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(caller => Task.Run(async () =>
        {
            for (var step = 0; step < 20; step++)
            {
                var outcome = await Store.AppendAsync(Tenant, Labels.From(("__name__", "up"), ("caller", $"{caller}")), (Now + step, step));
                Assert.Equal(1, outcome.Accepted);
            }
        })));

        var series = await Store.SelectAsync(Tenant, Samples.AnyName);
        Assert.Equal(50, series.Count);
        Assert.All(series, one => Assert.Equal(20, one.ToList(Samples.AllTime).Count));
        Assert.Equal(1000, Store.Statistics().HeadSamples);
    }

    [Fact]
    public async Task SaysItIsClosed()
    {
        await Store.DisposeAsync();

        await Assert.ThrowsAsync<MetricStoreUnavailableException>(() => Store.AppendAsync(Tenant, Labels.From(("__name__", "up")), (Now, 1)));
        Store = await OpenAsync(StoreLimits.Default);
    }

    private protected async Task DescribeAsync(TenantId tenant, params MetricMetadata[] metadata)
    {
        using var batch = new MetricBatch();
        foreach (var one in metadata)
        {
            batch.AddMetadata(one);
        }

        await Store.AppendAsync(tenant, batch, CancellationToken.None);
    }
}
