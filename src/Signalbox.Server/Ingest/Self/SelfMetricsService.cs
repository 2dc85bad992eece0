using Signalbox.Server.Ingest.Intake;
using Signalbox.Telemetry;

namespace Signalbox.Server.Ingest.Self;

/// <summary>Keeps Signalbox's own metrics in its own store, so that it watches itself.</summary>
internal sealed class SelfMetricsService(
    SelfCollection collection, MetricIntake intake, SelfAddress address, SelfMetricsOptions options, TimeProvider clock, ILogger<SelfMetricsService> logger) : BackgroundService
{
    public const string Job = "signalbox";

    private CollectionLoop? _loop;

    public Task RunOnceAsync(CancellationToken cancellationToken)
    {
        _loop ??= new CollectionLoop(intake, new IngestSource(TenantId.Default, SourceKind.Self, Job, address.Instance, string.Empty), clock, logger);
        return _loop.RunOnceAsync(collection.Collect(), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Enabled)
        {
            await address.Known.WaitAsync(stoppingToken);
            try
            {
                await CollectionLoop.RunAsync(options.Interval, RunOnceAsync, clock, Job, logger, stoppingToken);
            }
            finally
            {
                _loop?.Dispose();
            }
        }
    }
}
