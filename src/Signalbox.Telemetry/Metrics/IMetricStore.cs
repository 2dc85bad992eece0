using Signalbox.PromQL;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics;

/// <summary>Keeps metric samples durably and finds them again, tenant by tenant.</summary>
/// <remarks>Safe for concurrent use. Held to <c>MetricStoreConformance</c>.</remarks>
public interface IMetricStore : IAsyncDisposable
{
    /// <summary>Appends a batch; when the task completes, every accepted sample survives <c>kill -9</c>.</summary>
    /// <remarks>Samples are judged one by one: what breaks a limit is refused and reported, the rest is kept. The batch may be reused afterwards.</remarks>
    /// <exception cref="MetricStoreUnavailableException">Nothing was kept: the disk is full, or the store is closing.</exception>
    ValueTask<AppendOutcome> AppendAsync(TenantId tenant, MetricBatch batch, CancellationToken cancellationToken);

    /// <summary>The tenant's series, for the evaluator.</summary>
    ISeriesSource Reader(TenantId tenant);

    /// <summary>Label names in ordinal order, at most <c>query.Limit</c> of them.</summary>
    ValueTask<IReadOnlyList<string>> LabelNamesAsync(TenantId tenant, LabelQuery query, CancellationToken cancellationToken);

    /// <summary>The values of one label in ordinal order, at most <c>query.Limit</c> of them.</summary>
    ValueTask<IReadOnlyList<string>> LabelValuesAsync(TenantId tenant, string name, LabelQuery query, CancellationToken cancellationToken);

    /// <summary>Label sets that match, in label order, at most <c>query.Limit</c> of them.</summary>
    ValueTask<IReadOnlyList<Labels>> SeriesAsync(TenantId tenant, LabelQuery query, CancellationToken cancellationToken);

    /// <summary>What senders said of each family, in order of its name.</summary>
    ValueTask<IReadOnlyList<MetricMetadata>> MetadataAsync(TenantId tenant, CancellationToken cancellationToken);

    MetricStoreStatistics Statistics();

    /// <summary>Active series of one tenant, held against its limit.</summary>
    long SeriesCount(TenantId tenant);
}

/// <summary>Which series a label question is about.</summary>
/// <param name="Window">Only series with samples in this window.</param>
/// <param name="Selectors">A series counts when it satisfies every matcher of any selector; an empty list means all series.</param>
/// <param name="Limit">Most rows to return; 0 means no limit.</param>
public sealed record LabelQuery(TimeWindow Window, IReadOnlyList<IReadOnlyList<LabelMatcher>> Selectors, int Limit);

/// <summary>Why samples were refused.</summary>
public enum RejectionReason
{
    /// <summary>The tenant has as many series as it may.</summary>
    SeriesLimit,

    /// <summary>More labels than a series may have.</summary>
    LabelsPerSeries,

    /// <summary>A label name is longer than allowed.</summary>
    LabelNameLength,

    /// <summary>A label value is longer than allowed.</summary>
    LabelValueLength,

    /// <summary>Older than the out-of-order window allows.</summary>
    TooOld,

    /// <summary>Further in the future than clocks may differ.</summary>
    TooFarInFuture,

    /// <summary>The series already has another value at this time.</summary>
    DuplicateTimestamp,

    /// <summary>A native histogram of more buckets than one may have.</summary>
    HistogramSize,
}

/// <summary>Samples that one limit refused.</summary>
/// <param name="Count">Samples refused for this reason.</param>
/// <param name="Example">One sentence about the first of them: the series, the limit's name and its value.</param>
public sealed record Rejection(RejectionReason Reason, long Count, string Example);

/// <summary>What became of a batch.</summary>
/// <param name="Accepted">Samples kept, exact repetitions of kept samples included.</param>
public sealed record AppendOutcome(long Accepted, IReadOnlyList<Rejection> Rejections)
{
    public long Rejected => Rejections.Sum(static rejection => rejection.Count);
}

/// <summary>The store as a whole, for its own metrics and the overview page.</summary>
/// <param name="DiskQuotaBytes">0 means no quota.</param>
/// <param name="OldestSample">Milliseconds since the Unix epoch; null when the store is empty.</param>
public sealed record MetricStoreStatistics(
    long ActiveSeries,
    long HeadSamples,
    long DiskBytes,
    long DiskQuotaBytes,
    long DiskFreeBytes,
    long? OldestSample);

/// <summary>The store can take nothing now; the sender should keep the batch and try again.</summary>
public sealed class MetricStoreUnavailableException : IOException
{
    public MetricStoreUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
