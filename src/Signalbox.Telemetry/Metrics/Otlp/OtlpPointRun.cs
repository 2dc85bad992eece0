namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Remembers where a point's values begin in the shared lists, and hands the runs to the point once it is read.</summary>
/// <remarks>Within one point only one field adds to each list, so the runs are whole in whatever order the fields come.</remarks>
internal readonly struct OtlpPointRun(OtlpMetricsData data)
{
    private readonly int _attributes = data.Attributes.Count;
    private readonly int _counts = data.Counts.Count;
    private readonly int _numbers = data.Numbers.Count;

    public void Close(OtlpMetricKind kind, ref OtlpPoint point)
    {
        point.Attributes = new OtlpSlice(_attributes, data.Attributes.Count - _attributes);
        if (kind == OtlpMetricKind.Histogram)
        {
            point.Buckets = new OtlpSlice(_counts, data.Counts.Count - _counts);
            point.Bounds = new OtlpSlice(_numbers, data.Numbers.Count - _numbers);
        }
        else if (kind == OtlpMetricKind.Summary)
        {
            point.Quantiles = new OtlpSlice(_numbers, data.Numbers.Count - _numbers);
        }
    }
}
