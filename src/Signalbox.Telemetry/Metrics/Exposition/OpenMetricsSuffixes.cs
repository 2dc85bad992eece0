namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>The sample names that each OpenMetrics type may and must use.</summary>
internal static class OpenMetricsSuffixes
{
    private static readonly OpenMetricsSampleKind[] Plain = [OpenMetricsSampleKind.Plain];
    private static readonly OpenMetricsSampleKind[] Counter = [OpenMetricsSampleKind.Total, OpenMetricsSampleKind.Created];
    private static readonly OpenMetricsSampleKind[] Info = [OpenMetricsSampleKind.Info];

    private static readonly OpenMetricsSampleKind[] Summary =
        [OpenMetricsSampleKind.Plain, OpenMetricsSampleKind.Count, OpenMetricsSampleKind.Sum, OpenMetricsSampleKind.Created];

    private static readonly OpenMetricsSampleKind[] Histogram =
        [OpenMetricsSampleKind.Bucket, OpenMetricsSampleKind.Count, OpenMetricsSampleKind.Sum, OpenMetricsSampleKind.Created];

    private static readonly OpenMetricsSampleKind[] GaugeHistogram =
        [OpenMetricsSampleKind.Bucket, OpenMetricsSampleKind.GaugeCount, OpenMetricsSampleKind.GaugeSum];

    public static ReadOnlySpan<byte> TextOf(OpenMetricsSampleKind kind) => kind switch
    {
        OpenMetricsSampleKind.Total => "_total"u8,
        OpenMetricsSampleKind.Created => "_created"u8,
        OpenMetricsSampleKind.Count => "_count"u8,
        OpenMetricsSampleKind.Sum => "_sum"u8,
        OpenMetricsSampleKind.Bucket => "_bucket"u8,
        OpenMetricsSampleKind.GaugeCount => "_gcount"u8,
        OpenMetricsSampleKind.GaugeSum => "_gsum"u8,
        OpenMetricsSampleKind.Info => "_info"u8,
        _ => [],
    };

    public static ReadOnlySpan<OpenMetricsSampleKind> Of(MetricType type) => type switch
    {
        MetricType.Counter => Counter,
        MetricType.Summary => Summary,
        MetricType.Histogram => Histogram,
        MetricType.GaugeHistogram => GaugeHistogram,
        MetricType.Info => Info,
        _ => Plain,
    };

    /// <summary>Which kind of sample a name is within a family; null when the name does not belong to the family.</summary>
    public static OpenMetricsSampleKind? KindOf(ReadOnlySpan<byte> sample, ReadOnlySpan<byte> family, MetricType type)
    {
        if (!sample.StartsWith(family))
        {
            return null;
        }

        var suffix = sample[family.Length..];
        foreach (var kind in Of(type))
        {
            if (suffix.SequenceEqual(TextOf(kind)))
            {
                return kind;
            }
        }

        return null;
    }
}
