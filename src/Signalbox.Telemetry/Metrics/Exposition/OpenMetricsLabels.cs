namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>The rules of OpenMetrics within one sample line: the label its type needs, its value, its exemplar.</summary>
internal static class OpenMetricsLabels
{
    /// <summary>The label that tells the samples of one group apart; empty when there is none.</summary>
    public static ReadOnlySpan<byte> SpecialName(MetricType type, OpenMetricsSampleKind kind, ReadOnlySpan<byte> family) => (type, kind) switch
    {
        (_, OpenMetricsSampleKind.Bucket) => "le"u8,
        (MetricType.Summary, OpenMetricsSampleKind.Plain) => "quantile"u8,
        (MetricType.StateSet, _) => family,
        _ => [],
    };

    /// <param name="bound">The value of <c>le</c>, for a bucket.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static string? Check(
        ReadOnlySpan<byte> line,
        ReadOnlySpan<ExpositionLabel> labels,
        MetricType type,
        OpenMetricsSampleKind kind,
        ReadOnlySpan<byte> special,
        OpenMetricsPoint point,
        out double bound)
    {
        bound = double.NaN;
        var found = false;
        foreach (var label in special.IsEmpty ? [] : labels[1..])
        {
            if (label.NameOf(line).SequenceEqual(special))
            {
                found = true;
                bound = ExpositionText.TryParseNumber(label.ValueOf(line), out var number) ? number : double.NaN;
                if (double.IsPositiveInfinity(bound) && kind != OpenMetricsSampleKind.Plain && !label.ValueOf(line).SequenceEqual("+Inf"u8))
                {
                    return "the infinite bucket is not written '+Inf'";
                }
            }
        }

        if (!special.IsEmpty && !found)
        {
            return "a label that the type needs is missing (le, quantile, or the state's name)";
        }

        return CheckBound(type, kind, bound) ?? CheckValue(type, kind, point.Value) ?? CheckExemplar(type, kind, point.HasExemplar);
    }

    private static string? CheckBound(MetricType type, OpenMetricsSampleKind kind, double bound)
    {
        if (kind == OpenMetricsSampleKind.Bucket)
        {
            return double.IsNaN(bound) ? "the label le is not a number" : null;
        }

        return type == MetricType.Summary && kind == OpenMetricsSampleKind.Plain && bound is not (>= 0 and <= 1)
            ? "the label quantile is not between 0 and 1"
            : null;
    }

    private static string? CheckValue(MetricType type, OpenMetricsSampleKind kind, double value)
    {
        switch (kind)
        {
            case OpenMetricsSampleKind.Bucket or OpenMetricsSampleKind.Count or OpenMetricsSampleKind.GaugeCount when !double.IsInteger(value) || value < 0:
                return "a bucket or a count is not a whole number of at least 0";
            case OpenMetricsSampleKind.Total or OpenMetricsSampleKind.Sum when double.IsNaN(value) || value < 0:
                return "a counter or a sum is negative or not a number";
            case OpenMetricsSampleKind.GaugeSum when double.IsNaN(value):
                return "a sum is not a number";
            case OpenMetricsSampleKind.Info when value != 1:
                return "an info sample is not 1";
        }

        return type switch
        {
            MetricType.StateSet when value is not (0 or 1) => "a state is neither 0 nor 1",
            MetricType.Summary when kind == OpenMetricsSampleKind.Plain && value < 0 => "a quantile's value is negative",
            _ => null,
        };
    }

    private static string? CheckExemplar(MetricType type, OpenMetricsSampleKind kind, bool hasExemplar) =>
        !hasExemplar || kind == OpenMetricsSampleKind.Bucket || (type == MetricType.Counter && kind == OpenMetricsSampleKind.Total)
            ? null
            : "only buckets and counters may have exemplars";
}
