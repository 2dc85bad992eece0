using System.Buffers;
using System.Globalization;
using System.Text;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Exposition;

/// <summary>Writes metric families in a text format.</summary>
/// <remarks>
/// Usage: <c>BeginFamily</c>, then <c>Sample</c>, <c>Histogram</c> or <c>Summary</c> for each label set, then the next family; at the end <c>Complete</c>.
/// A counter's family is named without <c>_total</c>, an info's without <c>_info</c>; the writer appends them. Not thread-safe.
/// </remarks>
public sealed class ExpositionWriter(IBufferWriter<byte> output, ExpositionFormat format)
{
    private readonly bool _openMetrics = format == ExpositionFormat.OpenMetrics;
    private string _family = string.Empty;
    private MetricType _type;

    /// <param name="unit">The last word of the family's name in base units, or empty; only OpenMetrics says it apart.</param>
    public void BeginFamily(string family, MetricType type, string help, string unit = "")
    {
        _family = family;
        _type = type;
        var name = _openMetrics ? family : family + Suffix();
        if (help.Length > 0)
        {
            WriteMetadata("# HELP ", name);
            Write(Escape(help, quotes: _openMetrics));
            Write("\n");
        }

        WriteMetadata("# TYPE ", name);
        Write(TypeWord());
        Write("\n");
        if (_openMetrics && unit.Length > 0)
        {
            WriteMetadata("# UNIT ", name);
            Write(unit);
            Write("\n");
        }
    }

    /// <summary>Writes one sample of a counter, gauge, info, state set or unknown.</summary>
    /// <param name="timestamp">Milliseconds since the Unix epoch; null leaves the time to the scraper.</param>
    public void Sample(IReadOnlyList<Label> labels, double value, long? timestamp = null) => WriteSample(Suffix(), labels, null, value, timestamp);

    /// <summary>Writes a histogram's samples.</summary>
    /// <param name="bounds">Upper bounds, ascending, without +Inf.</param>
    /// <param name="counts">One more than bounds; each the count of its own bucket.</param>
    public void Histogram(IReadOnlyList<Label> labels, IReadOnlyList<double> bounds, IReadOnlyList<long> counts, double sum, long? timestamp = null)
    {
        var cumulative = 0L;
        for (var index = 0; index < counts.Count; index++)
        {
            cumulative += counts[index];
            var bound = index < bounds.Count ? bounds[index] : double.PositiveInfinity;
            WriteSample("_bucket", labels, new Label("le", BoundText(bound)), cumulative, timestamp);
        }

        var isGauge = _type == MetricType.GaugeHistogram && _openMetrics;
        WriteSample(isGauge ? "_gsum" : "_sum", labels, null, sum, timestamp);
        WriteSample(isGauge ? "_gcount" : "_count", labels, null, cumulative, timestamp);
    }

    /// <summary>Writes a summary's samples.</summary>
    public void Summary(IReadOnlyList<Label> labels, IReadOnlyList<(double Quantile, double Value)> quantiles, double sum, long count, long? timestamp = null)
    {
        foreach (var (quantile, value) in quantiles)
        {
            WriteSample(string.Empty, labels, new Label("quantile", BoundText(quantile)), value, timestamp);
        }

        WriteSample("_sum", labels, null, sum, timestamp);
        WriteSample("_count", labels, null, count, timestamp);
    }

    /// <summary>Ends the exposition.</summary>
    public void Complete()
    {
        if (_openMetrics)
        {
            Write("# EOF\n");
        }
    }

    private static string NumberText(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Escape(string text, bool quotes)
    {
        var escaped = text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private string Suffix() => _type switch
    {
        MetricType.Counter => "_total",
        MetricType.Info => "_info",
        _ => string.Empty,
    };

    /// <summary>OpenMetrics wants bounds to look like floats, so that 1 is the same bound in every exposition.</summary>
    private string BoundText(double bound)
    {
        var text = NumberText(bound);
        return _openMetrics && double.IsInteger(bound) && !text.Contains('E', StringComparison.Ordinal) ? text + ".0" : text;
    }

    private string TypeWord() => (_openMetrics, _type) switch
    {
        (false, MetricType.Unknown) => "untyped",
        (false, MetricType.Info or MetricType.StateSet) => "gauge",
        (false, MetricType.GaugeHistogram) => "histogram",
        _ => Encoding.UTF8.GetString(ExpositionText.WordOf(_type)),
    };

    private void WriteMetadata(string keyword, string name)
    {
        Write(keyword);
        Write(LabelText.IsLegacyMetricName(name) ? name : "\"" + Escape(name, quotes: true) + "\"");
        Write(" ");
    }

    private void WriteSample(string suffix, IReadOnlyList<Label> labels, Label? extra, double value, long? timestamp)
    {
        var name = _family + suffix;
        var plainName = LabelText.IsLegacyMetricName(name);
        var separator = "{";
        if (plainName)
        {
            Write(name);
        }
        else
        {
            Write("{\"" + Escape(name, quotes: true) + "\"");
            separator = ",";
        }

        foreach (var label in extra is { } own ? labels.Append(own) : labels)
        {
            Write(separator);
            Write(LabelText.IsLegacyLabelName(label.Name) ? label.Name : "\"" + Escape(label.Name, quotes: true) + "\"");
            Write("=\"");
            Write(Escape(label.Value, quotes: true));
            Write("\"");
            separator = ",";
        }

        Write(separator == "," ? "} " : " ");
        Write(NumberText(value));
        if (timestamp is { } time)
        {
            Write(" ");
            Write(_openMetrics ? SecondsText(time) : time.ToString(CultureInfo.InvariantCulture));
        }

        Write("\n");
    }

    private static string SecondsText(long milliseconds) => ((decimal)milliseconds / 1000).ToString("0.###", CultureInfo.InvariantCulture);

    private void Write(string text)
    {
        var destination = output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        output.Advance(Encoding.UTF8.GetBytes(text, destination));
    }
}
