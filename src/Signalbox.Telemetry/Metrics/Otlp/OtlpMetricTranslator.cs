namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Translates decoded OTLP metrics into series, as Prometheus names them.</summary>
/// <remarks>Thread-safe; requests share the delta sums only.</remarks>
public sealed class OtlpMetricTranslator(OtlpTranslationOptions options, OtlpDeltaAccumulator deltas)
{
    /// <summary>Adds what can be taken to the batch and says what cannot.</summary>
    public OtlpTranslation Translate(TenantId tenant, OtlpMetricsData data, MetricBatch batch) =>
        new OtlpTranslationRun(options, deltas, tenant, data, batch).Translate();
}
