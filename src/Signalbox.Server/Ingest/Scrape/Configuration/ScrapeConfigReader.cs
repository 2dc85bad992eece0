using System.Globalization;
using Signalbox.PromQL.Model;
using Signalbox.Settings;

namespace Signalbox.Server.Ingest.Scrape.Configuration;

/// <summary>Reads one entry of <c>scrape_configs</c> in Prometheus's form.</summary>
internal sealed class ScrapeConfigReader(ScrapeGlobals globals, long defaultBodyBytes)
{
    public ScrapeConfig Read(SettingsSection section)
    {
        var job = section.Text("job_name") ?? string.Empty;
        if (job.Length == 0)
        {
            section.Fail("job_name", "A job_name is needed.");
        }

        var interval = section.Duration("scrape_interval") ?? globals.Interval;
        var config = new ScrapeConfig
        {
            JobName = job,
            Interval = interval,
            Timeout = ReadTimeout(section, interval),
            MetricsPath = ReadPath(section),
            Scheme = ReadScheme(section),
            Parameters = section.Lists("params"),
            HonorLabels = section.Switch("honor_labels", false),
            HonorTimestamps = section.Switch("honor_timestamps", true),
            TrackTimestampsStaleness = section.Switch("track_timestamps_staleness", false),
            StaticGroups = [.. section.Sections("static_configs").Select(ReadGroup)],
            TargetFiles = [.. section.Sections("file_sd_configs").SelectMany(ReadFiles)],
            RelabelRules = RelabelReader.Read(section, "relabel_configs"),
            MetricRelabelRules = RelabelReader.Read(section, "metric_relabel_configs"),
            Limits = ReadLimits(section),
            Http = ScrapeHttpReader.Read(section),
        };
        section.Finish();
        return config;
    }

    /// <summary>Reads one group of targets, from the configuration or from a file.</summary>
    public static TargetGroup ReadGroup(SettingsSection section)
    {
        var targets = section.Texts("targets") ?? [];
        foreach (var target in targets.Where(static target => !IsAddress(target)))
        {
            section.Fail("targets", $"'{target}' is not a target; write HOST:PORT, without a scheme and a path.");
        }

        var labels = new List<Label>();
        foreach (var (place, name, value) in section.Pairs("labels"))
        {
            if (!LabelText.IsLegacyLabelName(name))
            {
                section.Fail(place, $"labels.{name}", $"'{name}' is not a label name.");
            }

            labels.Add(new Label(name, value));
        }

        section.Finish();
        return new TargetGroup(targets, labels);
    }

    public static bool IsAddress(string target) => target.Length > 0 && !target.AsSpan().ContainsAny('/', '?', '#') && !target.Any(char.IsWhiteSpace);

    private TimeSpan ReadTimeout(SettingsSection section, TimeSpan interval)
    {
        var timeout = section.Duration("scrape_timeout");
        if (timeout > interval)
        {
            section.Fail("scrape_timeout", $"The timeout {DurationText.Format(timeout.Value)} is longer than the interval {DurationText.Format(interval)}.");
        }

        return timeout ?? (globals.Timeout < interval ? globals.Timeout : interval);
    }

    private static string ReadPath(SettingsSection section)
    {
        var path = section.Text("metrics_path") ?? "/metrics";
        if (!path.StartsWith('/'))
        {
            section.Fail("metrics_path", $"'{path}' is not allowed; a path starts with a slash.");
        }

        return path;
    }

    private static string ReadScheme(SettingsSection section)
    {
        var scheme = (section.Text("scheme") ?? "http").ToLowerInvariant();
        if (scheme is not ("http" or "https"))
        {
            section.Fail("scheme", $"'{scheme}' is not allowed; write http or https.");
        }

        return scheme;
    }

    private static IEnumerable<string> ReadFiles(SettingsSection section)
    {
        var files = section.Texts("files") ?? [];

        // Files are looked at every few seconds in any case; the key is read so that existing configurations hold.
        section.Duration("refresh_interval");
        if (files.Count == 0)
        {
            section.Fail("files", "At least one file is needed.");
        }

        foreach (var file in files.Where(static file => Path.GetExtension(file) is not (".json" or ".yml" or ".yaml") || (Path.GetDirectoryName(file) ?? string.Empty).Contains('*', StringComparison.Ordinal)))
        {
            section.Fail("files", $"'{file}' is not allowed; a file ends in .json, .yml or .yaml, and only its last part may hold asterisks.");
        }

        section.Finish();
        return files.Select(file => Path.GetFullPath(Path.Combine(section.BaseFolder, file)));
    }

    private ScrapeLimits ReadLimits(SettingsSection section)
    {
        var body = section.Bytes("body_size_limit") ?? globals.Limits.BodyBytes;
        if (body > int.MaxValue)
        {
            section.Fail("body_size_limit", string.Create(CultureInfo.InvariantCulture, $"{body} bytes are not allowed; at most {int.MaxValue}."));
        }

        return new ScrapeLimits(
            body > 0 ? body : defaultBodyBytes,
            section.Integer("sample_limit") ?? globals.Limits.Samples,
            section.Integer("label_limit") ?? globals.Limits.Labels,
            section.Integer("label_name_length_limit") ?? globals.Limits.LabelNameLength,
            section.Integer("label_value_length_limit") ?? globals.Limits.LabelValueLength,
            section.Integer("target_limit") ?? globals.Limits.Targets);
    }
}

/// <summary>What <c>global</c> says about scraping.</summary>
internal sealed record ScrapeGlobals(TimeSpan Interval, TimeSpan Timeout, ScrapeLimits Limits)
{
    public static readonly ScrapeGlobals Default = new(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10), new ScrapeLimits(0, 0, 0, 0, 0, 0));

    public static ScrapeGlobals Read(SettingsSection section)
    {
        var interval = section.Duration("scrape_interval") ?? Default.Interval;
        var timeout = section.Duration("scrape_timeout");
        if (timeout > interval)
        {
            section.Fail("scrape_timeout", $"The timeout {DurationText.Format(timeout.Value)} is longer than the interval {DurationText.Format(interval)}.");
        }

        return new ScrapeGlobals(
            interval,
            timeout ?? (Default.Timeout < interval ? Default.Timeout : interval),
            new ScrapeLimits(
                section.Bytes("body_size_limit") ?? 0,
                section.Integer("sample_limit") ?? 0,
                section.Integer("label_limit") ?? 0,
                section.Integer("label_name_length_limit") ?? 0,
                section.Integer("label_value_length_limit") ?? 0,
                section.Integer("target_limit") ?? 0));
    }
}
