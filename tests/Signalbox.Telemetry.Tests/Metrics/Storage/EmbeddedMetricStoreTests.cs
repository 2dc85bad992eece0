using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Storage;
using Signalbox.Testing.Files;

namespace Signalbox.Telemetry.Tests.Metrics.Storage;

/// <summary>Holds the embedded store to what every store must do.</summary>
public sealed class EmbeddedMetricStoreTests : MetricStoreConformance
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestMeters _meters = new();

    protected override async ValueTask<IMetricStore> OpenAsync(StoreLimits limits)
    {
        var options = new EmbeddedMetricStoreOptions
        {
            Folder = _folder.Path,
            MaintenanceInterval = Timeout.InfiniteTimeSpan,
            LogSync = LogSyncPolicy.Never,
            MaxSeriesPerTenant = limits.SeriesPerTenant,
            MaxLabelsPerSeries = limits.LabelsPerSeries,
            MaxLabelNameBytes = limits.LabelNameBytes,
            MaxLabelValueBytes = limits.LabelValueBytes,
        };
        return await EmbeddedMetricStore.OpenAsync(options, Clock, _meters, null, CancellationToken.None);
    }

    protected override ValueTask CleanUpAsync()
    {
        _meters.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
