namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>One metric of a request: its description, and where its points stand.</summary>
internal struct OtlpMetric
{
    public const int TemporalityDelta = 1;
    public const int TemporalityCumulative = 2;

    public OtlpSlice Name;
    public OtlpSlice Description;
    public OtlpSlice Unit;
    public OtlpMetricKind Kind;
    public int Temporality;
    public bool IsMonotonic;
    public OtlpSlice Points;
}
