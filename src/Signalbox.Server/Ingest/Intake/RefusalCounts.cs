using System.Collections.Concurrent;
using Signalbox.Telemetry;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Server.Ingest.Intake;

/// <summary>Counts what each limit refused, tenant by tenant, since the start.</summary>
/// <remarks>Thread-safe. Bounded by tenants times limits.</remarks>
internal sealed class RefusalCounts(IngestMetrics metrics)
{
    private readonly ConcurrentDictionary<(TenantId Tenant, string Limit), long> _counts = new();

    /// <param name="count">Samples, or requests where the limit refuses a request as a whole.</param>
    public void Add(TenantId tenant, string limit, long count)
    {
        _counts.AddOrUpdate((tenant, limit), count, (_, before) => before + count);
        metrics.Refused(limit, count);
    }

    public long Of(TenantId tenant, string limit) => _counts.GetValueOrDefault((tenant, limit));

    public static string LimitOf(RejectionReason reason) => reason switch
    {
        RejectionReason.SeriesLimit => LimitNames.MaxSeriesPerTenant,
        RejectionReason.LabelsPerSeries => LimitNames.MaxLabelsPerSeries,
        RejectionReason.LabelNameLength => LimitNames.MaxLabelNameBytes,
        RejectionReason.LabelValueLength => LimitNames.MaxLabelValueBytes,
        RejectionReason.TooOld => LimitNames.OutOfOrderWindow,
        RejectionReason.TooFarInFuture => LimitNames.FutureTolerance,
        RejectionReason.HistogramSize => LimitNames.HistogramSize,
        _ => LimitNames.DuplicateTimestamp,
    };
}
