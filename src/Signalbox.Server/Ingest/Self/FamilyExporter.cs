using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Families;
using OtelMetricType = OpenTelemetry.Metrics.MetricType;
using PromMetricType = Signalbox.Telemetry.Metrics.MetricType;

namespace Signalbox.Server.Ingest.Self;

/// <summary>Receives the process's own instruments from the OpenTelemetry SDK and turns them into families under Prometheus's names.</summary>
/// <remarks>Not thread-safe: the reader that drives it collects one round at a time.</remarks>
internal sealed class FamilyExporter : BaseExporter<Metric>
{
    public FamilyList Families { get; private set; } = new();

    /// <summary>Starts a round.</summary>
    public void Reset() => Families = new FamilyList();

    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (var metric in batch)
        {
            var type = TypeOf(metric.MetricType);
            if (type is null)
            {
                continue;
            }

            var name = InstrumentNames.Of(metric.Name, metric.Unit, type.Value);
            var help = metric.Description.Length > 0 ? metric.Description : metric.Name;
            Add(metric, Families.Family(name, type.Value, help));
        }

        return ExportResult.Success;
    }

    private static PromMetricType? TypeOf(OtelMetricType type) => type switch
    {
        OtelMetricType.LongSum or OtelMetricType.DoubleSum => PromMetricType.Counter,
        OtelMetricType.LongGauge or OtelMetricType.DoubleGauge or OtelMetricType.LongSumNonMonotonic or OtelMetricType.DoubleSumNonMonotonic => PromMetricType.Gauge,
        OtelMetricType.Histogram => PromMetricType.Histogram,
        _ => null,
    };

    private static void Add(Metric metric, MetricFamily family)
    {
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = LabelsOf(point);
            switch (metric.MetricType)
            {
                case OtelMetricType.LongSum or OtelMetricType.LongSumNonMonotonic:
                    family.Add(point.GetSumLong(), labels);
                    break;
                case OtelMetricType.DoubleSum or OtelMetricType.DoubleSumNonMonotonic:
                    family.Add(point.GetSumDouble(), labels);
                    break;
                case OtelMetricType.LongGauge:
                    family.Add(point.GetGaugeLastValueLong(), labels);
                    break;
                case OtelMetricType.DoubleGauge:
                    family.Add(point.GetGaugeLastValueDouble(), labels);
                    break;
                default:
                    family.Add(HistogramOf(point), labels);
                    break;
            }
        }
    }

    private static BucketCounts HistogramOf(in MetricPoint point)
    {
        var bounds = new List<double>();
        var counts = new List<long>();
        foreach (var bucket in point.GetHistogramBuckets())
        {
            counts.Add(bucket.BucketCount);
            if (!double.IsPositiveInfinity(bucket.ExplicitBound))
            {
                bounds.Add(bucket.ExplicitBound);
            }
        }

        return new BucketCounts(bounds, counts, point.GetHistogramSum());
    }

    private static Label[] LabelsOf(in MetricPoint point)
    {
        var labels = new List<Label>(point.Tags.Count);
        foreach (var (name, value) in point.Tags)
        {
            var text = value switch
            {
                null => string.Empty,
                bool flag => flag ? "true" : "false",
                IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString() ?? string.Empty,
            };
            labels.Add(new Label(InstrumentNames.Label(name), text));
        }

        return [.. labels];
    }
}
