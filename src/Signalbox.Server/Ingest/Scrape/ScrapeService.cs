using System.Diagnostics.Metrics;
using Signalbox.Server.Ingest.Intake;
using Signalbox.Server.Ingest.Scrape.Configuration;
using Signalbox.Server.Platform.Telemetry;
using Signalbox.Telemetry;

namespace Signalbox.Server.Ingest.Scrape;

/// <summary>Runs the pools of all configurations, and looks at target files every few seconds.</summary>
internal sealed class ScrapeService : BackgroundService, ITargetList
{
    private static readonly TimeSpan FileInterval = TimeSpan.FromSeconds(5);

    private readonly ScrapeOptions _options;
    private readonly ScrapeEnvironment _environment;
    private readonly SemaphoreSlim _turns;
    private readonly RefusalCounts _refusals;
    private readonly IReadOnlyList<ScrapePool> _pools;
    private readonly SemaphoreSlim _looking = new(1);

    public ScrapeService(MetricIntake intake, SourceTable sources, RefusalCounts refusals, IngestLimits limits, ScrapeDependencies dependencies)
    {
        _options = dependencies.Options;
        _refusals = refusals;
        _turns = new SemaphoreSlim(_options.MaxConcurrentScrapes);
        _environment = new ScrapeEnvironment(intake, sources, limits, _turns, dependencies.Clock, dependencies.Logger);
        _pools = [.. _options.Configs.Select(config => new ScrapePool(config, _environment))];
        dependencies.Metrics.ObserveTargets(CountTargets);
    }

    public IReadOnlyList<ScrapeTarget> Active(TenantId tenant) => tenant != TenantId.Default ? [] :
    [
        .. from pool in _pools
           from loop in pool.Loops
           let state = loop.State
           select new ScrapeTarget
           {
               Pool = pool.Config.JobName,
               Url = loop.Target.Url,
               Discovered = loop.Target.Discovered,
               Labels = loop.Target.Labels,
               Health = state.Health,
               LastError = state.LastError,
               LastScrape = state.LastScrape,
               LastDuration = state.LastDuration,
               Interval = loop.Target.Interval,
               Timeout = loop.Target.Timeout,
           },
    ];

    public IReadOnlyList<DroppedTarget> Dropped(TenantId tenant) => tenant != TenantId.Default ? [] :
        [.. _pools.SelectMany(static pool => pool.Dropped.Select(discovered => new DroppedTarget(pool.Config.JobName, discovered)))];

    /// <summary>Looks at the target files once, and starts and ends loops as they say; one caller after the other.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            await LookAsync(cancellationToken);
        }
        finally
        {
            _looking.Release();
        }
    }

    public override void Dispose()
    {
        foreach (var pool in _pools)
        {
            pool.Dispose();
        }

        _looking.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_pools.Count == 0)
        {
            return;
        }

        try
        {
            await CollectionLoop.RunAsync(FileInterval, RunOnceAsync, _environment.Clock, "target discovery", _environment.Logger, stoppingToken);
        }
        finally
        {
            await Task.WhenAll(_pools.Select(static pool => pool.StopAsync()));
            _turns.Dispose();
        }
    }

    private IEnumerable<Measurement<int>> CountTargets() =>
        from loop in _pools.SelectMany(static pool => pool.Loops)
        group loop by loop.State.Health into targets
        select new Measurement<int>(targets.Count(), new KeyValuePair<string, object?>("health", targets.Key.ToString().ToLowerInvariant()));

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var pool in _pools)
        {
            var room = _options.MaxTargets - _pools.Where(other => other != pool).Sum(static other => other.Loops.Count);
            if (await pool.SyncAsync(Math.Max(room, 0), cancellationToken) is { } leftOut and > 0)
            {
                _refusals.Add(TenantId.Default, LimitNames.MaxTargets, leftOut);
                IngestLog.TargetsLeftOut(_environment.Logger, pool.Config.JobName, leftOut, _options.MaxTargets);
            }
        }
    }
}

/// <summary>What the scrape service takes beside the intake.</summary>
internal sealed record ScrapeDependencies(ScrapeOptions Options, IngestMetrics Metrics, TimeProvider Clock, ILogger<ScrapeService> Logger);
