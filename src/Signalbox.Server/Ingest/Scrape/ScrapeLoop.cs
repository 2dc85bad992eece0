using System.Globalization;
using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Intake;
using Signalbox.Server.Ingest.Scrape.Configuration;
using Signalbox.Server.Ingest.Scrape.Discovery;
using Signalbox.Server.Platform.Telemetry;
using Signalbox.Telemetry;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Ingest.Scrape;

/// <summary>Scrapes one target at its interval, and says how it went.</summary>
internal sealed class ScrapeLoop : IDisposable
{
    private readonly ScrapeClient _client;
    private readonly ScrapeEnvironment _environment;
    private readonly IngestSource _source;
    private readonly SampleLabels _labels;
    private readonly ScrapeReader _reader;
    private readonly MetricBatch _batch = new();
    private ScrapeState _state = new(TargetHealth.Unknown, string.Empty, null, TimeSpan.Zero);

    public ScrapeLoop(ScrapeConfig config, Target target, ScrapeClient client, ScrapeEnvironment environment)
    {
        _client = client;
        _environment = environment;
        Target = target;
        _labels = new SampleLabels(config, target.Labels);
        _reader = new ScrapeReader(config, _labels, environment.Limits.MaxSamplesPerRequest);
        _source = new IngestSource(TenantId.Default, SourceKind.Scrape, config.JobName, target.Url.AbsoluteUri, string.Empty);
    }

    public Target Target { get; }

    public ScrapeState State => Volatile.Read(ref _state);

    /// <summary>When set, every scrape fails with this instead of being tried.</summary>
    public string? ForcedError { get; set; }

    /// <summary>Scrapes until cancelled; the first scrape waits its share of the interval, so that targets do not come all at once.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var clock = _environment.Clock;
        await Task.Delay(ScrapeOffset.Of(Target, clock.GetUtcNow()), clock, cancellationToken);
        await CollectionLoop.RunAsync(Target.Interval, RunOnceAsync, clock, _source.Address, _environment.Logger, cancellationToken);
    }

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var clock = _environment.Clock;
        var started = clock.GetTimestamp();
        var now = clock.GetUtcNow();
        var timestamp = now.ToUnixTimeMilliseconds();
        _batch.Clear();
        var counts = default(ScrapeCounts);
        var error = string.Empty;
        try
        {
            counts = await ScrapeAsync(timestamp, cancellationToken);
        }
        catch (ScrapeException exception)
        {
            error = exception.Message;
            _batch.Clear();
            _reader.EndAll(_batch, timestamp);
            if (exception.Limit is { } limit)
            {
                _environment.Intake.Refuse(_source, limit, 1);
            }
        }

        var duration = clock.GetElapsedTime(started);
        Report(timestamp, error.Length == 0, duration, counts);
        Volatile.Write(ref _state, new ScrapeState(error.Length == 0 ? TargetHealth.Up : TargetHealth.Down, error, now, duration));
        await KeepAsync(error, cancellationToken);
    }

    /// <summary>Ends the target's series: it is no longer scraped.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        var timestamp = _environment.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        _batch.Clear();
        _reader.EndAll(_batch, timestamp);
        foreach (var name in ReportNames)
        {
            AddReport(name, timestamp, StaleMarker.Value);
        }

        await KeepAsync(string.Empty, cancellationToken);
        _environment.Sources.Forget(_source);
    }

    public void Dispose() => _batch.Dispose();

    private static readonly string[] ReportNames = ["up", "scrape_duration_seconds", "scrape_samples_scraped", "scrape_samples_post_metric_relabeling", "scrape_series_added"];

    private async Task<ScrapeCounts> ScrapeAsync(long timestamp, CancellationToken cancellationToken)
    {
        if (ForcedError is { } forced)
        {
            throw new ScrapeException(forced);
        }

        using var timeout = new CancellationTokenSource(Target.Timeout, _environment.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _environment.Turns.WaitAsync(either.Token);
            try
            {
                using var exposition = await _client.FetchAsync(Target.Url, Target.Timeout, either.Token);
                return _reader.Read(exposition, timestamp, _batch);
            }
            finally
            {
                _environment.Turns.Release();
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ScrapeException(string.Create(CultureInfo.InvariantCulture, $"The target did not answer within its scrape_timeout of {Target.Timeout.TotalSeconds} s."), exception);
        }
    }

    private void Report(long timestamp, bool up, TimeSpan duration, ScrapeCounts counts)
    {
        double[] values = [up ? 1 : 0, duration.TotalSeconds, counts.Scraped, counts.Kept, counts.Added];
        for (var index = 0; index < ReportNames.Length; index++)
        {
            AddReport(ReportNames[index], timestamp, values[index]);
        }
    }

    private void AddReport(string name, long timestamp, double value)
    {
        var labels = _labels.OfReport(name);
        _batch.AddSeries(SeriesKey.FromLabels(labels), labels.Count);
        _batch.AddSample(timestamp, value);
    }

    private async Task KeepAsync(string error, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await _environment.Intake.AppendAsync(_source, _batch, 0, null, cancellationToken);
            if (error.Length > 0)
            {
                _environment.Intake.Fail(_source, IngestOutcome.Failed, error);
            }
            else if (outcome.Message is { } message)
            {
                IngestLog.ScrapeNotKept(_environment.Logger, Target.Url, message);
            }
        }
        catch (MetricStoreUnavailableException exception)
        {
            IngestLog.ScrapeNotKept(_environment.Logger, Target.Url, exception.Message);
        }
    }
}

/// <summary>How a target's last scrape went.</summary>
/// <param name="LastScrape">Null before the first.</param>
internal sealed record ScrapeState(TargetHealth Health, string LastError, DateTimeOffset? LastScrape, TimeSpan LastDuration);

/// <summary>What all scrape loops share.</summary>
/// <param name="Turns">Bounds the scrapes that run at the same time.</param>
internal sealed record ScrapeEnvironment(MetricIntake Intake, SourceTable Sources, IngestLimits Limits, SemaphoreSlim Turns, TimeProvider Clock, ILogger Logger);
