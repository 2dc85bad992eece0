using System.Buffers.Text;
using System.Text;
using Signalbox.Runner.Readings.Report;

namespace Signalbox.Runner.Metrics;

/// <summary>The address of a run's group.</summary>
/// <remarks>Source: https://github.com/prometheus/pushgateway/blob/v1.5.1/README.md#url</remarks>
internal static class PushgatewayAddress
{
    public static Uri Of(PushgatewayOptions options, RunReport report)
    {
        var path = new StringBuilder(options.Url.AbsoluteUri.TrimEnd('/')).Append("/metrics");
        Append(path, "job", options.Job);
        foreach (var label in options.Grouping)
        {
            // A label without a value is no label; the run does not say what would have stood there.
            if (GroupingValue.Expand(label.Value, report) is { Length: > 0 } value)
            {
                Append(path, label.Name, MetricFamilyBuilder.Cut(value));
            }
        }

        return new Uri(path.ToString());
    }

    /// <summary>Values that a path cannot hold as they are, those with slashes above all, are written in base64.</summary>
    private static void Append(StringBuilder path, string name, string value)
    {
        path.Append('/').Append(name);
        if (value.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.') && value.Trim('.').Length > 0)
        {
            path.Append('/').Append(value);
        }
        else
        {
            path.Append("@base64/").Append(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(value)));
        }
    }
}
