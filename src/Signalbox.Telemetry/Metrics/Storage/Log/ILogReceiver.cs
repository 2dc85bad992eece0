using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Storage.Log;

/// <summary>Takes what the log holds, in the order in which it was written.</summary>
internal interface ILogReceiver
{
    void BeginSegment(LogSegment segment);

    void Series(TenantId tenant, long number, ReadOnlySpan<byte> key);

    /// <returns>False when the series was never introduced.</returns>
    bool Sample(long number, long time, double value, HistogramSample? histogram);

    void Metadata(TenantId tenant, MetricMetadata metadata);
}
