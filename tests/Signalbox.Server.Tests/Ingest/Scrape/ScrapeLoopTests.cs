using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest;
using Signalbox.Server.Ingest.Intake;
using Signalbox.Server.Ingest.Scrape;
using Signalbox.Server.Ingest.Scrape.Discovery;
using Signalbox.Server.Platform.Telemetry;
using Signalbox.Telemetry;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Server.Tests.Ingest.Scrape;

public sealed class ScrapeLoopTests : IAsyncDisposable
{
    private readonly FakeClock _clock = new();
    private readonly RecordingStore _store = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ScrapeEnvironment _environment;
    private FakeTarget? _target;

    public ScrapeLoopTests()
    {
        var metrics = new IngestMetrics(_services.GetRequiredService<IMeterFactory>());
        var limits = new IngestLimits { MaxSamplesPerRequest = 1000 };
        var sources = new SourceTable(_clock, limits, metrics);
        _environment = new ScrapeEnvironment(new MetricIntake(_store, sources, new RefusalCounts(metrics), metrics, _clock), sources, limits, new SemaphoreSlim(4), _clock, NullLogger.Instance);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeTarget Served => _target!;

    [Fact]
    public async Task KeepsTheSamplesAndSaysHowItWent()
    {
        using var loop = await StartAsync(string.Empty);
        Served.Text = "# TYPE a counter\na{x=\"1\"} 1\na{x=\"2\"} 2\nb 3\n";

        await loop.RunOnceAsync(Cancel);

        Assert.Equal([1, 2], _store.ValuesOf("a"));
        Assert.Equal([1], _store.ValuesOf("up"));
        Assert.Equal([3], _store.ValuesOf("scrape_samples_scraped"));
        Assert.Equal([3], _store.ValuesOf("scrape_samples_post_metric_relabeling"));
        Assert.Equal([3], _store.ValuesOf("scrape_series_added"));
        Assert.Single(_store.ValuesOf("scrape_duration_seconds"));
        Assert.All(_store.Samples, sample => Assert.Equal((_clock.GetUtcNow().ToUnixTimeMilliseconds(), "j", Served.Address), (sample.Timestamp, sample.Labels.Get("job"), sample.Labels.Get("instance"))));
        Assert.Equal(TargetHealth.Up, loop.State.Health);
    }

    [Fact]
    public async Task ASeriesThatIsGoneEndsWithAStaleMarker()
    {
        using var loop = await StartAsync(string.Empty);
        Served.Text = "a{x=\"1\"} 1\na{x=\"2\"} 2\n";
        await loop.RunOnceAsync(Cancel);
        _store.Forget();
        Served.Text = "a{x=\"2\"} 5\n";

        await loop.RunOnceAsync(Cancel);
        await loop.RunOnceAsync(Cancel);

        Assert.Single(_store.ValuesOf("a"), StaleMarker.Is);
        Assert.Equal([5, 5], _store.ValuesOf("a").Where(static value => !StaleMarker.Is(value)));
        Assert.Equal([0, 0], _store.ValuesOf("scrape_series_added"));
    }

    [Fact]
    public async Task ATargetThatDoesNotAnswerIsDownAndItsSeriesEnd()
    {
        using var loop = await StartAsync(string.Empty);
        Served.Text = "a 1\n";
        await loop.RunOnceAsync(Cancel);
        _store.Forget();
        Served.Status = 503;

        await loop.RunOnceAsync(Cancel);

        Assert.True(StaleMarker.Is(Assert.Single(_store.ValuesOf("a"))));
        Assert.Equal([0], _store.ValuesOf("up"));
        Assert.Equal(TargetHealth.Down, loop.State.Health);
        Assert.Contains("503", loop.State.LastError, StringComparison.Ordinal);
        var source = Assert.Single(_environment.Sources.Of(TenantId.Default));
        Assert.False(source.Up);
        Assert.Contains("503", source.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATargetThatIsTakenOutEndsWithAllItsSeries()
    {
        using var loop = await StartAsync(string.Empty);
        Served.Text = "a 1\n";
        await loop.RunOnceAsync(Cancel);
        _store.Forget();

        await loop.EndAsync(Cancel);

        Assert.Equal(6, _store.Samples.Count);
        Assert.All(_store.Samples, static sample => Assert.True(StaleMarker.Is(sample.Value)));
        Assert.Empty(_environment.Sources.Of(TenantId.Default));
    }

    [Fact]
    public async Task SamplesWithATimeOfTheirOwnKeepItAndNeedNoMarker()
    {
        using var loop = await StartAsync(string.Empty);
        Served.Text = "a 1 123456\n";
        await loop.RunOnceAsync(Cancel);
        Served.Text = string.Empty;

        await loop.RunOnceAsync(Cancel);

        Assert.Equal(123456, Assert.Single(_store.Samples, static sample => sample.Labels.Name == "a").Timestamp);
    }

    [Fact]
    public async Task OtherwiseTheirTimeIsThatOfTheScrape()
    {
        using var loop = await StartAsync("honor_timestamps: false");
        Served.Text = "a 1 123456\n";

        await loop.RunOnceAsync(Cancel);

        Assert.Equal(_clock.GetUtcNow().ToUnixTimeMilliseconds(), Assert.Single(_store.Samples, static sample => sample.Labels.Name == "a").Timestamp);
    }

    [Fact]
    public async Task ReadsOpenMetricsAndGzip()
    {
        using var loop = await StartAsync(string.Empty);
        Served.ContentType = "application/openmetrics-text; version=1.0.0; charset=utf-8";
        Served.Text = "# TYPE a counter\na_total 4\n# EOF\n";
        Served.Gzip = true;

        await loop.RunOnceAsync(Cancel);

        Assert.Equal([4], _store.ValuesOf("a_total"));
        Assert.StartsWith("application/openmetrics-text", Served.LastHeaders["Accept"], StringComparison.Ordinal);
        Assert.Equal("gzip", Served.LastHeaders["Accept-Encoding"]);
        Assert.Equal("10", Served.LastHeaders["X-Prometheus-Scrape-Timeout-Seconds"]);
    }

    [Theory]
    [InlineData("sample_limit: 2", "sample_limit = 2")]
    [InlineData("body_size_limit: 20B", "body_size_limit = 20")]
    [InlineData("label_limit: 2", "label_limit = 2")]
    public async Task ALimitFailsTheScrapeAsAWhole(string limit, string expected)
    {
        using var loop = await StartAsync(limit);
        Served.Text = "a 1\nb 2\nc{with=\"labels\"} 3\n";

        await loop.RunOnceAsync(Cancel);

        Assert.Contains(expected, loop.State.LastError, StringComparison.Ordinal);
        Assert.Empty(_store.ValuesOf("a"));
        Assert.Equal([0], _store.ValuesOf("up"));
    }

    [Fact]
    public async Task MalformedTextFailsTheScrapeWithItsLine()
    {
        using var loop = await StartAsync(string.Empty);
        Served.Text = "a 1\nb{ 2\n";

        await loop.RunOnceAsync(Cancel);

        Assert.StartsWith("Line 2:", loop.State.LastError, StringComparison.Ordinal);
        Assert.Empty(_store.ValuesOf("a"));
    }

    [Fact]
    public async Task ASlowTargetIsGivenUpAfterItsTimeout()
    {
        using var loop = await StartAsync(string.Empty);
        var never = new TaskCompletionSource();
        Served.Gate = never.Task;

        var scrape = loop.RunOnceAsync(Cancel);
        _clock.Advance(TimeSpan.FromSeconds(10));
        await scrape;

        Assert.Contains("scrape_timeout of 10 s", loop.State.LastError, StringComparison.Ordinal);
        Assert.Equal([0], _store.ValuesOf("up"));
    }

    [Fact]
    public async Task SendsItsCredentials()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("token", "first\n");
        using var bearer = await StartAsync($"authorization: {{credentials_file: '{file}'}}");
        await bearer.RunOnceAsync(Cancel);
        Assert.Equal("Bearer first", Served.LastHeaders["Authorization"]);

        folder.Write("token", "second\n");
        await bearer.RunOnceAsync(Cancel);
        Assert.Equal("Bearer second", Served.LastHeaders["Authorization"]);

        using var basic = Loop("basic_auth: {username: u, password: p}");
        await basic.RunOnceAsync(Cancel);
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("u:p")), Served.LastHeaders["Authorization"]);
    }

    [Fact]
    public async Task AStoreThatCannotTakeItNowDoesNotStopTheLoop()
    {
        using var loop = await StartAsync(string.Empty);
        Served.Text = "a 1\n";
        _store.Refusal = "The disk is full.";
        await loop.RunOnceAsync(Cancel);
        _store.Refusal = null;

        await loop.RunOnceAsync(Cancel);

        Assert.Equal([1], _store.ValuesOf("a"));
    }

    public async ValueTask DisposeAsync()
    {
        _environment.Turns.Dispose();
        await _services.DisposeAsync();
        if (_target is not null)
        {
            await _target.DisposeAsync();
        }
    }

    private async Task<ScrapeLoop> StartAsync(string yaml)
    {
        _target = await FakeTarget.StartAsync(Cancel);
        return Loop(yaml);
    }

    private ScrapeLoop Loop(string yaml)
    {
        var config = Assert.Single(ScrapeConfigText.Read($"scrape_configs:\n  - job_name: j\n    static_configs: [{{targets: ['{Served.Address}']}}]\n    {yaml}\n").Configs);
        var target = Assert.Single(new TargetBuilder(config).Build(config.StaticGroups[0])).Target!;
        return new ScrapeLoop(config, target, new ScrapeClient(config), _environment);
    }
}
