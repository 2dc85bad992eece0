using Signalbox.Server.Ingest.Intake;
using Signalbox.Settings;
using Signalbox.Telemetry.Metrics.Storage;

namespace Signalbox.Server.Ingest.Storage;

/// <summary>Reads the settings of the embedded metric store.</summary>
/// <param name="Store">Everything but the folder, which follows from the data folder.</param>
internal sealed record MetricStorageOptions(EmbeddedMetricStoreOptions Store)
{
    public static MetricStorageOptions Read(SettingsReader settings)
    {
        var defaults = new EmbeddedMetricStoreOptions { Folder = "metrics" };
        var sync = settings.Choice("metrics.fsync", "commit", "When samples are forced to the disk: before they are acknowledged, every metrics.fsync_interval, or never by us.", "commit", "interval", "never");
        var store = defaults with
        {
            LogSync = sync switch
            {
                "interval" => LogSyncPolicy.Interval,
                "never" => LogSyncPolicy.Never,
                _ => LogSyncPolicy.Commit,
            },
            LogSyncInterval = settings.Duration("metrics.fsync_interval", defaults.LogSyncInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1), "How often samples are forced to the disk with metrics.fsync interval."),
            Retention = settings.Duration("metrics.retention", defaults.Retention, TimeSpan.FromHours(1), TimeSpan.FromDays(36_500), "Age at which a day of metrics is deleted."),
            DiskQuotaBytes = settings.Bytes("metrics.disk_quota", defaults.DiskQuotaBytes, 0, long.MaxValue, "Most that metrics may take on disk; the oldest day is deleted to stay below; 0B means no quota."),
            MinFreeBytes = settings.Bytes("metrics.min_free", defaults.MinFreeBytes, 0, long.MaxValue, "Free space on the disk below which samples are refused."),
            OutOfOrderWindow = settings.Duration(LimitNames.OutOfOrderWindow, defaults.OutOfOrderWindow, TimeSpan.Zero, TimeSpan.FromHours(24), "How far behind its series' newest sample a sample may come."),
            FutureTolerance = settings.Duration(LimitNames.FutureTolerance, defaults.FutureTolerance, TimeSpan.Zero, TimeSpan.FromHours(24), "How far ahead of this machine's clock a sample may be."),
            HeadWindow = settings.Duration("metrics.head_window", defaults.HeadWindow, TimeSpan.FromMinutes(1), TimeSpan.FromHours(24), "Samples younger than this stay in memory."),
            MaxHeadSamples = settings.Integer("metrics.max_head_samples", defaults.MaxHeadSamples, 1, long.MaxValue, "Most samples in memory."),
            MaxSeriesPerTenant = (int)settings.Integer(LimitNames.MaxSeriesPerTenant, defaults.MaxSeriesPerTenant, 1, int.MaxValue, "Active series that one tenant may have."),
            MaxLabelsPerSeries = (int)settings.Integer(LimitNames.MaxLabelsPerSeries, defaults.MaxLabelsPerSeries, 1, 1024, "Labels that a series may have, its name included."),
            MaxLabelNameBytes = (int)settings.Integer(LimitNames.MaxLabelNameBytes, defaults.MaxLabelNameBytes, 1, 65_536, "Longest name of a label, in bytes of UTF-8."),
            MaxLabelValueBytes = (int)settings.Integer(LimitNames.MaxLabelValueBytes, defaults.MaxLabelValueBytes, 1, 65_536, "Longest value of a label, in bytes of UTF-8."),
            MaxQuerySeries = (int)settings.Integer("metrics.max_query_series", defaults.MaxQuerySeries, 1, int.MaxValue, "Series that one selector of a query may find."),
            MaxMetadataPerTenant = (int)settings.Integer("metrics.max_metadata_per_tenant", defaults.MaxMetadataPerTenant, 0, int.MaxValue, "Metric families of one tenant whose help, type and unit are kept."),
        };
        foreach (var error in store.Validate())
        {
            settings.Fail("metrics", error);
        }

        return new MetricStorageOptions(store);
    }
}
