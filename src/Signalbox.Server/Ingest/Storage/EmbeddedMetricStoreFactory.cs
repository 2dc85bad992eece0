using System.Diagnostics.Metrics;
using Signalbox.Server.Platform;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Storage;

namespace Signalbox.Server.Ingest.Storage;

/// <summary>Opens the embedded store in the data folder.</summary>
internal sealed class EmbeddedMetricStoreFactory(MetricStorageOptions options, DataFolder data, TimeProvider clock, IMeterFactory meters, ILogger<EmbeddedMetricStore> logger) : IMetricStoreFactory
{
    public async Task<IMetricStore> OpenAsync(CancellationToken cancellationToken) =>
        await EmbeddedMetricStore.OpenAsync(options.Store with { Folder = data.File("metrics") }, clock, meters, logger, cancellationToken);
}
