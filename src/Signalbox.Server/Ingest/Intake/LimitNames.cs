namespace Signalbox.Server.Ingest.Intake;

/// <summary>The names of limits, which are the keys that set them; refusals and counters use the same names.</summary>
internal static class LimitNames
{
    public const string OtlpMaxBodyBytes = "ingest.otlp_max_body_bytes";
    public const string RemoteWriteMaxBodyBytes = "ingest.remote_write_max_body_bytes";
    public const string MaxSamplesPerRequest = "ingest.max_samples_per_request";
    public const string MaxConcurrentRequests = "ingest.max_concurrent_requests";
    public const string MaxWaitingRequests = "ingest.max_waiting_requests";
    public const string MaxSourcesPerTenant = "ingest.max_sources_per_tenant";
    public const string MaxTargets = "scrape.max_targets";
    public const string MaxSeriesPerTenant = "metrics.max_series_per_tenant";
    public const string MaxLabelsPerSeries = "metrics.max_labels_per_series";
    public const string MaxLabelNameBytes = "metrics.max_label_name_bytes";
    public const string MaxLabelValueBytes = "metrics.max_label_value_bytes";
    public const string OutOfOrderWindow = "metrics.out_of_order_window";
    public const string FutureTolerance = "metrics.future_tolerance";

    /// <summary>No limit of an option, but a rule: one value for a series and a time.</summary>
    public const string DuplicateTimestamp = "duplicate_timestamp";

    /// <summary>No limit of an option either: a native histogram has to fit into one record of the log.</summary>
    public const string HistogramSize = "histogram_size";
}
