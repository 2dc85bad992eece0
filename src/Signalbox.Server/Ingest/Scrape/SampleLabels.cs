using System.Globalization;
using System.Text;
using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Scrape.Configuration;
using Signalbox.Telemetry.Metrics.Relabelling;

namespace Signalbox.Server.Ingest.Scrape;

/// <summary>Joins a sample's labels with its target's, relabels them, and holds them to the limits of the configuration.</summary>
/// <remarks>Source: https://prometheus.io/docs/prometheus/latest/configuration/configuration/#scrape_config (honor_labels)</remarks>
internal sealed class SampleLabels(ScrapeConfig config, Labels target)
{
    private const string Exported = "exported_";

    /// <returns>Null when relabelling drops the sample.</returns>
    /// <exception cref="ScrapeException">The labels break a limit, which fails the scrape as a whole, or no name is left.</exception>
    public Labels? Of(Labels sample)
    {
        var joined = config.HonorLabels ? Honour(sample) : Override(sample);
        if (RelabelRule.ApplyAll(config.MetricRelabelRules, joined) is not { } labels)
        {
            return null;
        }

        if (labels.Name.Length == 0)
        {
            throw new ScrapeException($"Relabelling took the name from {joined}.");
        }

        Check(labels);
        return labels;
    }

    /// <summary>The labels of what the scraper itself says of the target, such as <c>up</c>.</summary>
    public Labels OfReport(string name) => target.With(Labels.MetricName, name);

    private Labels Honour(Labels sample) => Labels.From(sample.Concat(target.Where(label => !sample.Has(label.Name))));

    private Labels Override(Labels sample)
    {
        if (!sample.Any(label => target.Has(label.Name)))
        {
            return Labels.From(sample.Concat(target));
        }

        var joined = sample.Where(label => !target.Has(label.Name)).Concat(target).ToDictionary(static label => label.Name, static label => label.Value, StringComparer.Ordinal);
        foreach (var label in sample.Where(label => target.Has(label.Name)))
        {
            var name = Exported + label.Name;
            while (joined.ContainsKey(name))
            {
                name = Exported + name;
            }

            joined[name] = label.Value;
        }

        return Labels.From(joined.Select(static pair => new Label(pair.Key, pair.Value)));
    }

    private void Check(Labels labels)
    {
        var limits = config.Limits;
        if (limits.Labels > 0 && labels.Count > limits.Labels)
        {
            throw Broken("label_limit", limits.Labels, labels);
        }

        foreach (var label in labels)
        {
            if (limits.LabelNameLength > 0 && Encoding.UTF8.GetByteCount(label.Name) > limits.LabelNameLength)
            {
                throw Broken("label_name_length_limit", limits.LabelNameLength, labels);
            }

            if (limits.LabelValueLength > 0 && Encoding.UTF8.GetByteCount(label.Value) > limits.LabelValueLength)
            {
                throw Broken("label_value_length_limit", limits.LabelValueLength, labels);
            }
        }
    }

    private static ScrapeException Broken(string limit, long value, Labels labels) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{labels} breaks {limit} = {value}, so nothing of this scrape was kept.")) { Limit = limit };
}
