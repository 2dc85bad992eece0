using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Scrape.Configuration;
using Signalbox.Settings;
using Signalbox.Telemetry.Metrics.Relabelling;

namespace Signalbox.Server.Ingest.Scrape.Discovery;

/// <summary>Makes targets out of discovered addresses, as Prometheus does: defaults, relabelling, then what is left says where and how to scrape.</summary>
/// <remarks>Source: https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config</remarks>
internal sealed class TargetBuilder(ScrapeConfig config)
{
    private const string Address = "__address__";
    private const string Scheme = "__scheme__";
    private const string MetricsPath = "__metrics_path__";
    private const string Interval = "__scrape_interval__";
    private const string Timeout = "__scrape_timeout__";
    private const string Parameter = "__param_";

    public IEnumerable<TargetVerdict> Build(TargetGroup group) => group.Targets.Select(address => Build(address, group.Labels));

    private TargetVerdict Build(string address, IReadOnlyList<Label> labels)
    {
        var discovered = Discover(address, labels);
        if (RelabelRule.ApplyAll(config.RelabelRules, discovered) is not { } relabelled)
        {
            return new TargetVerdict(null, discovered, null);
        }

        var scheme = relabelled.Get(Scheme);
        var host = relabelled.Get(Address);
        if (!ScrapeConfigReader.IsAddress(host) || scheme is not ("http" or "https"))
        {
            return new TargetVerdict(null, discovered, $"After relabelling the address is '{host}' and the scheme '{scheme}'; a target needs HOST:PORT and http or https.");
        }

        if (!DurationText.TryParse(relabelled.Get(Interval), out var interval) || !DurationText.TryParse(relabelled.Get(Timeout), out var timeout)
            || interval <= TimeSpan.Zero || timeout <= TimeSpan.Zero || timeout > interval)
        {
            return new TargetVerdict(null, discovered, $"After relabelling the interval is '{relabelled.Get(Interval)}' and the timeout '{relabelled.Get(Timeout)}'; both must be durations, the timeout not the longer one.");
        }

        if (!Uri.TryCreate($"{scheme}://{host}{PathOf(relabelled)}{QueryOf(relabelled)}", UriKind.Absolute, out var url))
        {
            return new TargetVerdict(null, discovered, $"After relabelling '{scheme}://{host}{PathOf(relabelled)}' is not an address.");
        }

        var kept = relabelled.Without(static name => name.StartsWith("__", StringComparison.Ordinal));
        return new TargetVerdict(new Target(kept.Has("instance") ? kept : kept.With("instance", host), discovered, url, interval, timeout), discovered, null);
    }

    private Labels Discover(string address, IReadOnlyList<Label> labels)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["job"] = config.JobName,
            [Interval] = DurationText.Format(config.Interval),
            [Timeout] = DurationText.Format(config.Timeout),
            [MetricsPath] = config.MetricsPath,
            [Scheme] = config.Scheme,
        };
        foreach (var (name, values) in config.Parameters)
        {
            if (values.Count > 0)
            {
                all[Parameter + name] = values[0];
            }
        }

        foreach (var label in labels)
        {
            all[label.Name] = label.Value;
        }

        all[Address] = address;
        return Labels.From(all.Select(static pair => new Label(pair.Key, pair.Value)));
    }

    private static string PathOf(Labels labels)
    {
        var path = labels.Get(MetricsPath);
        return path.StartsWith('/') ? path : "/" + path;
    }

    /// <summary>The configuration's parameters, the first value of each replaced by what relabelling left of its label.</summary>
    private string QueryOf(Labels labels)
    {
        var parameters = config.Parameters.ToDictionary(static pair => pair.Key, static pair => pair.Value.ToList(), StringComparer.Ordinal);
        foreach (var label in labels.Where(static label => label.Name.StartsWith(Parameter, StringComparison.Ordinal)))
        {
            var name = label.Name[Parameter.Length..];
            parameters[name] = [label.Value, .. parameters.GetValueOrDefault(name, []).Skip(1)];
        }

        var pairs = parameters.OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .SelectMany(static pair => pair.Value.Select(value => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(value)}"));
        var query = string.Join('&', pairs);
        return query.Length == 0 ? string.Empty : "?" + query;
    }
}
