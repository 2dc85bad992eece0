using System.Net;
using Signalbox.Server.Ingest.Intake;
using Signalbox.Telemetry;

namespace Signalbox.Server.Ingest.Host;

/// <summary>Measures this machine every few seconds.</summary>
internal sealed class HostMetricsService : BackgroundService
{
    public const string Job = "node";

    private readonly HostCollection _collection;
    private readonly HostMetricsOptions _options;
    private readonly ILogger<HostMetricsService> _logger;
    private readonly TimeProvider _clock;
    private readonly CollectionLoop _loop;

    public HostMetricsService(MetricIntake intake, HostMetricsOptions options, TimeProvider clock, ILogger<HostMetricsService> logger)
    {
        _options = options;
        _clock = clock;
        _logger = logger;
        _collection = HostCollection.ForThisMachine(clock);
        _loop = new CollectionLoop(intake, new IngestSource(TenantId.Default, SourceKind.Host, Job, Dns.GetHostName(), string.Empty), clock, logger);
    }

    public async Task RunOnceAsync(CancellationToken cancellationToken) =>
        await _loop.RunOnceAsync((await _collection.CollectAsync(cancellationToken)).All, cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.Enabled)
        {
            return;
        }

        if (!OperatingSystem.IsLinux())
        {
            IngestLog.HostIsNotLinux(_logger);
        }

        // Disposed here and not with the service: a server that fails to start disposes its services while their loops still end.
        using (_loop)
        {
            await CollectionLoop.RunAsync(_options.Interval, RunOnceAsync, _clock, Job, _logger, stoppingToken);
        }
    }
}
