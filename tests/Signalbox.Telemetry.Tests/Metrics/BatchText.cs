using System.Globalization;
using Signalbox.Telemetry.Metrics;

namespace Signalbox.Telemetry.Tests.Metrics;

/// <summary>Renders a batch as lines, for comparison.</summary>
internal static class BatchText
{
    public static string[] Lines(MetricBatch batch)
    {
        var lines = new List<string>();
        for (var series = 0; series < batch.SeriesCount; series++)
        {
            var labels = SeriesKey.ToLabels(batch.KeyOf(series)).ToString();
            foreach (var sample in batch.SamplesOf(series))
            {
                var value = sample.Histogram is { } histogram ? HistogramText(histogram) : sample.Value.ToString("R", CultureInfo.InvariantCulture);
                lines.Add($"{labels} {value} @{sample.Timestamp}");
            }
        }

        return [.. lines];
    }

    public static string HistogramText(PromQL.Model.HistogramSample histogram) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{schema {histogram.Schema} count {histogram.Count} sum {histogram.Sum} zero {histogram.ZeroCount}/{histogram.ZeroThreshold} "
        + $"neg {Side(histogram.NegativeSpans, histogram.NegativeBuckets)} pos {Side(histogram.PositiveSpans, histogram.PositiveBuckets)} "
        + $"custom {string.Join(' ', histogram.CustomValues)} hint {histogram.CounterResetHint}}}");

    private static string Side(IReadOnlyList<PromQL.Model.BucketSpan> spans, IReadOnlyList<double> buckets) =>
        $"{string.Join(' ', spans.Select(static span => $"{span.Offset}+{span.Length}"))}[{string.Join(' ', buckets)}]";
}
