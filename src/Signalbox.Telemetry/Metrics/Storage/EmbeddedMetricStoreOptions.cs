namespace Signalbox.Telemetry.Metrics.Storage;

/// <summary>Where an <see cref="EmbeddedMetricStore"/> keeps its files, and every bound it holds.</summary>
public sealed record EmbeddedMetricStoreOptions
{
    /// <summary>The store's own folder; created when it is absent. No other store may use it.</summary>
    public required string Folder { get; init; }

    public LogSyncPolicy LogSync { get; init; } = LogSyncPolicy.Commit;

    /// <summary>10 ms – 1 min.</summary>
    public TimeSpan LogSyncInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A log file is closed at this size; 64 KiB – 4 GiB.</summary>
    public long LogSegmentBytes { get; init; } = 128L << 20;

    /// <summary>Appends that may wait for the writer before further callers wait for room; 1 – 100,000.</summary>
    public int MaxQueuedAppends { get; init; } = 1024;

    /// <summary>Samples after which a commit group is closed though more appends wait; 1,000 – 10,000,000.</summary>
    public int MaxCommitSamples { get; init; } = 200_000;

    /// <summary>Free bytes on the disk below which appends are refused; at least 0.</summary>
    public long MinFreeBytes { get; init; } = 256L << 20;

    /// <summary>Bytes the store may use; the oldest days are deleted to stay below. 0 means no quota.</summary>
    public long DiskQuotaBytes { get; init; }

    /// <summary>Age at which a day of samples is deleted; at least 1 hour.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(15);

    /// <summary>How far behind its series' newest sample a sample may come; 0 – 24 h.</summary>
    public TimeSpan OutOfOrderWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How far ahead of this machine's clock a sample may be; 0 – 24 h.</summary>
    public TimeSpan FutureTolerance { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Samples younger than this stay in memory, and so late senders may still catch up; 1 min – 24 h.</summary>
    public TimeSpan HeadWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often samples are moved to disk and old days deleted; at least 1 s, or <see cref="Timeout.InfiniteTimeSpan"/> to leave it to <see cref="EmbeddedMetricStore.RunOnceAsync"/>.</summary>
    public TimeSpan MaintenanceInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Series with samples in memory that one tenant may have.</summary>
    public int MaxSeriesPerTenant { get; init; } = 500_000;

    public int MaxLabelsPerSeries { get; init; } = 64;

    /// <summary>UTF-8 bytes; at most 65,536.</summary>
    public int MaxLabelNameBytes { get; init; } = 256;

    /// <summary>UTF-8 bytes; at most 65,536.</summary>
    public int MaxLabelValueBytes { get; init; } = 4096;

    /// <summary>Samples in memory; appends are refused above, and samples move to disk early from four fifths of it.</summary>
    public long MaxHeadSamples { get; init; } = 100_000_000;

    /// <summary>Series that one selection may find.</summary>
    public int MaxQuerySeries { get; init; } = 500_000;

    /// <summary>Metric families of one tenant whose description is kept.</summary>
    public int MaxMetadataPerTenant { get; init; } = 20_000;

    /// <summary>Series of past days whose labels stay in memory for the next query; the least recently used day goes first.</summary>
    public int MaxCachedDaySeries { get; init; } = 500_000;

    /// <summary>Every value that is out of range, one sentence each with the option's name; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (string.IsNullOrWhiteSpace(Folder))
        {
            errors.Add("folder is empty; it names the folder of the metric store.");
        }

        Check(errors, "log_sync_interval", LogSyncInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        Check(errors, "log_segment_bytes", LogSegmentBytes, 64L << 10, 4L << 30);
        Check(errors, "max_queued_appends", MaxQueuedAppends, 1, 100_000);
        Check(errors, "max_commit_samples", MaxCommitSamples, 1000, 10_000_000);
        Check(errors, "min_free_bytes", MinFreeBytes, 0, long.MaxValue);
        Check(errors, "disk_quota_bytes", DiskQuotaBytes, 0, long.MaxValue);
        Check(errors, "retention", Retention, TimeSpan.FromHours(1), TimeSpan.FromDays(36_500));
        Check(errors, "out_of_order_window", OutOfOrderWindow, TimeSpan.Zero, TimeSpan.FromHours(24));
        Check(errors, "future_tolerance", FutureTolerance, TimeSpan.Zero, TimeSpan.FromHours(24));
        Check(errors, "head_window", HeadWindow, TimeSpan.FromMinutes(1), TimeSpan.FromHours(24));
        if (MaintenanceInterval != Timeout.InfiniteTimeSpan)
        {
            Check(errors, "maintenance_interval", MaintenanceInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        }

        Check(errors, "max_series_per_tenant", MaxSeriesPerTenant, 1, int.MaxValue);
        Check(errors, "max_labels_per_series", MaxLabelsPerSeries, 1, 1024);
        Check(errors, "max_label_name_bytes", MaxLabelNameBytes, 1, 65_536);
        Check(errors, "max_label_value_bytes", MaxLabelValueBytes, 1, 65_536);
        Check(errors, "max_head_samples", MaxHeadSamples, 1, long.MaxValue);
        Check(errors, "max_query_series", MaxQuerySeries, 1, int.MaxValue);
        Check(errors, "max_metadata_per_tenant", MaxMetadataPerTenant, 0, int.MaxValue);
        Check(errors, "max_cached_day_series", MaxCachedDaySeries, 0, int.MaxValue);
        return errors;
    }

    private static void Check<T>(List<string> errors, string name, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            errors.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} is {value}; allowed are {least} to {most}."));
        }
    }
}
