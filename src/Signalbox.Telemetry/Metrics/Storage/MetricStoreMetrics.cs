using System.Diagnostics.Metrics;

namespace Signalbox.Telemetry.Metrics.Storage;

/// <summary>What the store measures of itself.</summary>
internal sealed class MetricStoreMetrics : IDisposable
{
    public const string MeterName = "Signalbox.Telemetry.Metrics.Storage";

    private static readonly KeyValuePair<string, object?>[] ReasonTags =
        [.. Enum.GetNames<RejectionReason>().Select(static name => new KeyValuePair<string, object?>("reason", name))];

    private readonly Meter _meter;

    public MetricStoreMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        Appended = _meter.CreateCounter<long>("signalbox.metrics.store.samples.appended", "{sample}", "Samples made durable.");
        Rejected = _meter.CreateCounter<long>("signalbox.metrics.store.samples.rejected", "{sample}", "Samples refused, by reason.");
        Repeated = _meter.CreateCounter<long>("signalbox.metrics.store.samples.repeated", "{sample}", "Samples that were already there with the same value.");
        Unavailable = _meter.CreateCounter<long>("signalbox.metrics.store.appends.refused", "{append}", "Appends refused as a whole, by reason.");
        MetadataRefused = _meter.CreateCounter<long>("signalbox.metrics.store.metadata.refused", "{family}", "Descriptions refused because the tenant has too many families, or they are too long.");
        QueriesRefused = _meter.CreateCounter<long>("signalbox.metrics.store.queries.refused", "{query}", "Selections refused because they found too many series.");
        CommitSamples = _meter.CreateHistogram<long>("signalbox.metrics.store.commit.size", "{sample}", "Samples in a commit group.");
        SyncDuration = _meter.CreateHistogram<double>("signalbox.metrics.store.sync.duration", "s", "Time to force the log to the disk.");
        FlushDuration = _meter.CreateHistogram<double>("signalbox.metrics.store.flush.duration", "s", "Time to move samples from memory to day files.");
        FlushFailures = _meter.CreateCounter<long>("signalbox.metrics.store.flush.failures", "{flush}", "Flushes that failed and will be tried again.");
        ChunksWritten = _meter.CreateCounter<long>("signalbox.metrics.store.chunks.written", "{chunk}", "Chunks written to day files.");
        ReplayDuration = _meter.CreateHistogram<double>("signalbox.metrics.store.replay.duration", "s", "Time to read the log at start.");
        Quarantined = _meter.CreateCounter<long>("signalbox.metrics.store.quarantined", "{file}", "Damaged files put aside.");
        DaysDropped = _meter.CreateCounter<long>("signalbox.metrics.store.days.dropped", "{day}", "Day files deleted, by reason.");
    }

    public Counter<long> Appended { get; }

    public Counter<long> Rejected { get; }

    public Counter<long> Repeated { get; }

    public Counter<long> Unavailable { get; }

    public Counter<long> MetadataRefused { get; }

    public Counter<long> QueriesRefused { get; }

    public Histogram<long> CommitSamples { get; }

    public Histogram<double> SyncDuration { get; }

    public Histogram<double> FlushDuration { get; }

    public Counter<long> FlushFailures { get; }

    public Counter<long> ChunksWritten { get; }

    public Histogram<double> ReplayDuration { get; }

    public Counter<long> Quarantined { get; }

    public Counter<long> DaysDropped { get; }

    public void Reject(RejectionReason reason, long count) => Rejected.Add(count, ReasonTags[(int)reason]);

    /// <summary>Starts reporting the state of an open store.</summary>
    public void Observe(StoreCore core, IFreeSpace freeSpace)
    {
        _meter.CreateObservableGauge("signalbox.metrics.store.series.active", () => core.Heads.SeriesCount, "{series}", "Series with samples in memory.");
        _meter.CreateObservableGauge("signalbox.metrics.store.head.samples", () => core.Heads.Samples, "{sample}", "Samples in memory.");
        _meter.CreateObservableGauge("signalbox.metrics.store.disk.usage", () => core.Files.Bytes, "By", "Bytes of all files of the store.");
        _meter.CreateObservableGauge("signalbox.metrics.store.disk.free", freeSpace.AvailableBytes, "By", "Bytes free on the store's disk.");
        _meter.CreateObservableGauge("signalbox.metrics.store.log.size", () => core.Files.Log.Bytes, "By", "Bytes of the log of the head.");
    }

    public void Dispose() => _meter.Dispose();
}
