using System.Globalization;
using System.Text;

namespace Signalbox.Telemetry.Metrics.Otlp;

/// <summary>Turns one data point into samples, by its kind; the labels and the name are set beforehand.</summary>
/// <remarks>Every method returns null, or why the point cannot be taken.</remarks>
internal sealed class OtlpPointTranslator(OtlpMetricsData data, OtlpLabelSet labels, OtlpSeriesWriter writer, OtlpDeltaAccumulator deltas, TenantId tenant)
{
    private readonly DeltaTotals _totals = new();

    public string? Translate(in OtlpMetric metric, in OtlpPoint point)
    {
        var isDelta = metric.Temporality == OtlpMetric.TemporalityDelta && metric.Kind is not (OtlpMetricKind.Gauge or OtlpMetricKind.Summary);
        return metric.Kind switch
        {
            OtlpMetricKind.Gauge or OtlpMetricKind.Sum => Number(point, isDelta),
            OtlpMetricKind.Histogram => Histogram(point, isDelta),
            OtlpMetricKind.ExponentialHistogram => Exponential(point, isDelta),
            _ => Summary(point),
        };
    }

    private string? Number(in OtlpPoint point, bool isDelta)
    {
        if (!point.HasValue && writer.Replacement is null)
        {
            return "the point has neither a value nor the flag for none";
        }

        if (!isDelta || writer.Replacement is not null)
        {
            writer.Write(point.Value);
            return null;
        }

        var fault = Accumulate(OtlpMetricKind.Sum, point, out var emits);
        if (emits)
        {
            writer.Write(_totals.Value);
        }

        return fault;
    }

    private string? Histogram(in OtlpPoint point, bool isDelta)
    {
        var bounds = data.NumbersOf(point.Bounds);
        var counts = data.CountsOf(point.Buckets);
        if (counts.Length > 0 && counts.Length != bounds.Length + 1)
        {
            return "a histogram has not exactly one bucket more than bounds";
        }

        for (var index = 0; index < bounds.Length; index++)
        {
            if (double.IsNaN(bounds[index]) || (index > 0 && bounds[index] <= bounds[index - 1]))
            {
                return "the bounds of a histogram do not ascend";
            }
        }

        if (!isDelta || writer.Replacement is not null)
        {
            _totals.Buckets.Clear();
            foreach (var count in counts)
            {
                _totals.Buckets.Add(count);
            }

            (_totals.Count, _totals.Sum, _totals.HasSum) = (point.Count, point.Sum, point.HasSum || writer.Replacement is not null);
            WriteHistogram(bounds);
            return null;
        }

        var fault = Accumulate(OtlpMetricKind.Histogram, point, out var emits);
        if (emits)
        {
            WriteHistogram(bounds);
        }

        return fault;
    }

    private void WriteHistogram(ReadOnlySpan<double> bounds)
    {
        if (_totals.HasSum)
        {
            writer.Write(_totals.Sum, "_sum"u8);
        }

        writer.Write(_totals.Count, "_count"u8);
        var cumulative = 0.0;
        for (var index = 0; index < bounds.Length && (index < _totals.Buckets.Count || writer.Replacement is not null); index++)
        {
            cumulative += index < _totals.Buckets.Count ? _totals.Buckets[index] : 0;
            if (!double.IsPositiveInfinity(bounds[index]))
            {
                WriteLabelled(cumulative, "_bucket"u8, "le"u8, bounds[index]);
            }
        }

        writer.Write(_totals.Count, "_bucket"u8, "le"u8, "+Inf"u8);
    }

    private string? Exponential(in OtlpPoint point, bool isDelta)
    {
        if (writer.Replacement is { } replacement)
        {
            writer.Write(replacement);
            return null;
        }

        var fault = ExponentialHistogram.FaultOf(point);
        if (fault is not null)
        {
            return fault;
        }

        if (!isDelta)
        {
            writer.Write(ExponentialHistogram.From(point, data).ToSample());
            return null;
        }

        fault = Accumulate(OtlpMetricKind.ExponentialHistogram, point, out var emits);
        if (emits)
        {
            writer.Write(_totals.Histogram!);
        }

        return fault;
    }

    private string? Summary(in OtlpPoint point)
    {
        writer.Write(point.Sum, "_sum"u8);
        writer.Write(point.Count, "_count"u8);
        var quantiles = data.NumbersOf(point.Quantiles);
        for (var index = 0; index + 1 < quantiles.Length; index += 2)
        {
            WriteLabelled(quantiles[index + 1], default, "quantile"u8, quantiles[index]);
        }

        return null;
    }

    private void WriteLabelled(double value, ReadOnlySpan<byte> suffix, ReadOnlySpan<byte> labelName, double labelValue)
    {
        Span<byte> text = stackalloc byte[32];
        if (Math.Abs(labelValue) is >= 1e-4 and < 1e15 && labelValue.TryFormat(text, out var written, "R", CultureInfo.InvariantCulture))
        {
            writer.Write(value, suffix, labelName, text[..written]);
        }
        else
        {
            writer.Write(value, suffix, labelName, Encoding.UTF8.GetBytes(OtlpNumberText.Plain(labelValue)));
        }
    }

    /// <param name="emits">Whether the totals should be written at the point's time.</param>
    private string? Accumulate(OtlpMetricKind kind, in OtlpPoint point, out bool emits)
    {
        var outcome = deltas.Add(tenant, labels.Key(writer.Metric), kind, point, data, _totals);
        emits = outcome is DeltaOutcome.Added or DeltaOutcome.Repeated;
        return outcome switch
        {
            DeltaOutcome.OutOfOrder => "a delta point is older than one that was already added up",
            DeltaOutcome.Incompatible => "a delta exponential histogram spans too many buckets to be added up",
            _ => null,
        };
    }
}
