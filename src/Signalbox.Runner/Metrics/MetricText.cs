using System.Globalization;
using System.Text;

namespace Signalbox.Runner.Metrics;

/// <summary>Writes families in Prometheus's text format.</summary>
/// <remarks>Source: https://github.com/prometheus/docs/blob/main/docs/instrumenting/exposition_formats.md (text format, version 0.0.4)</remarks>
internal static class MetricText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IReadOnlyList<MetricFamily> families)
    {
        var text = new StringBuilder(4096);
        foreach (var family in families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ');
            Escape(text, family.Help, quoted: false);
            text.Append("\n# TYPE ").Append(family.Name).Append(family.Kind == MetricKind.Counter ? " counter\n" : " gauge\n");
            foreach (var sample in family.Samples)
            {
                Write(text, family.Name, sample);
            }
        }

        return text.ToString();
    }

    /// <summary>As Go writes numbers: the shortest text that reads back as the same value, <c>+Inf</c>, <c>-Inf</c> and <c>NaN</c>.</summary>
    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ when double.IsNaN(value) => "NaN",
        _ when Math.Abs(value) < 1e15 && value == Math.Truncate(value) => ((long)value).ToString(CultureInfo.InvariantCulture),
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static void Write(StringBuilder text, string name, MetricSample sample)
    {
        text.Append(name);
        if (sample.Labels.Count > 0)
        {
            text.Append('{');
            for (var index = 0; index < sample.Labels.Count; index++)
            {
                text.Append(index == 0 ? string.Empty : ",").Append(sample.Labels[index].Name).Append("=\"");
                Escape(text, sample.Labels[index].Value, quoted: true);
                text.Append('"');
            }

            text.Append('}');
        }

        text.Append(' ').Append(Number(sample.Value)).Append('\n');
    }

    private static void Escape(StringBuilder text, string value, bool quoted)
    {
        // Half of a surrogate pair cannot be written as UTF-8; it becomes U+FFFD before anything else sees it.
        foreach (var rune in value.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '\\':
                    text.Append("\\\\");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '"' when quoted:
                    text.Append("\\\"");
                    break;
                default:
                    text.Append(rune.ToString());
                    break;
            }
        }
    }
}
