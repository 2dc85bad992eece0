using Signalbox.Settings;

namespace Signalbox.Server.Ingest.Scrape.Configuration;

/// <summary>What is scraped, and the bounds of scraping as a whole.</summary>
internal sealed record ScrapeOptions
{
    public IReadOnlyList<ScrapeConfig> Configs { get; init; } = [];

    /// <summary>Of all configurations together; further ones are left out and counted.</summary>
    public int MaxTargets { get; init; } = 5000;

    /// <summary>Scrapes that run at the same time; further ones wait, within their timeout.</summary>
    public int MaxConcurrentScrapes { get; init; } = 32;

    public static ScrapeOptions Read(SettingsReader settings)
    {
        var body = settings.Bytes("scrape.max_body_bytes", 64 << 20, 1024, 1 << 30, "Longest answer of a target, after decompression, where body_size_limit says nothing.");
        var configs = new List<ScrapeConfig>();
        var globals = ScrapeGlobals.Default;
        if (settings.Structure("global", "Defaults of scrape_configs, in Prometheus's form.") is { } global)
        {
            globals = ReadGlobals(settings, global, ignoreOthers: false);
        }

        if (settings.Structure("scrape_configs", "Targets to scrape, in Prometheus's form.") is { } node)
        {
            ReadConfigs(settings, node, globals, body, configs);
        }

        foreach (var file in settings.List("scrape_config_files", "Files with further scrape_configs, in Prometheus's form; the last part of a path may hold asterisks."))
        {
            ReadFiles(settings, file, globals, body, configs);
        }

        if (settings.OptionalText("prometheus_config", "An existing prometheus.yml whose global and scrape_configs are taken; what else stands in it is not looked at.") is { } prometheus)
        {
            ReadPrometheus(settings, prometheus, body, configs);
        }

        foreach (var again in configs.GroupBy(static config => config.JobName, StringComparer.Ordinal).Where(static jobs => jobs.Count() > 1))
        {
            settings.Fail("scrape_configs", $"The job_name '{again.Key}' is there more than once.");
        }

        return new ScrapeOptions
        {
            Configs = configs,
            MaxTargets = (int)settings.Integer("scrape.max_targets", 5000, 1, 100_000, "Targets of all scrape_configs together; further ones are left out and counted."),
            MaxConcurrentScrapes = (int)settings.Integer("scrape.max_concurrent", 32, 1, 1000, "Scrapes that run at the same time; further ones wait, within their timeout."),
        };
    }

    private static ScrapeGlobals ReadGlobals(SettingsReader settings, SettingsNode node, bool ignoreOthers)
    {
        if (node is not MapNode map)
        {
            settings.Fail(node, "global", $"A mapping belongs here, not {node.Kind}.");
            return ScrapeGlobals.Default;
        }

        var section = new SettingsSection(settings, map, "global");
        var globals = ScrapeGlobals.Read(section);
        if (!ignoreOthers)
        {
            section.Finish();
        }

        return globals;
    }

    private static void ReadConfigs(SettingsReader settings, SettingsNode node, ScrapeGlobals globals, long body, List<ScrapeConfig> configs)
    {
        switch (node)
        {
            case ListNode list:
                var reader = new ScrapeConfigReader(globals, body);
                configs.AddRange(SettingsSection.Of(settings, list, "scrape_configs").Select(reader.Read));
                break;
            case ScalarNode { Text: null }:
                break;
            default:
                settings.Fail(node, "scrape_configs", $"A list belongs here, not {node.Kind}.");
                break;
        }
    }

    private static void ReadFiles(SettingsReader settings, string pattern, ScrapeGlobals globals, long body, List<ScrapeConfig> configs)
    {
        const string Key = "scrape_config_files";
        var path = Path.GetFullPath(Path.Combine(settings.BaseFolder, pattern));
        var folder = Path.GetDirectoryName(path) ?? "/";
        if (!Directory.Exists(folder))
        {
            settings.Fail(Key, $"There is no folder {folder}.");
            return;
        }

        foreach (var file in Directory.EnumerateFiles(folder, Path.GetFileName(path)).Order(StringComparer.Ordinal))
        {
            if (Open(settings, Key, file) is not { } map)
            {
                continue;
            }

            var section = new SettingsSection(settings, map, Path.GetFileName(file));
            if (section.Has("scrape_configs"))
            {
                ReadConfigs(settings, map.Find("scrape_configs")!, globals, body, configs);
            }

            section.Finish();
        }
    }

    private static void ReadPrometheus(SettingsReader settings, string path, long body, List<ScrapeConfig> configs)
    {
        if (Open(settings, "prometheus_config", Path.GetFullPath(Path.Combine(settings.BaseFolder, path))) is not { } map)
        {
            return;
        }

        var globals = map.Find("global") is { } global ? ReadGlobals(settings, global, ignoreOthers: true) : ScrapeGlobals.Default;
        if (map.Find("scrape_configs") is { } node)
        {
            ReadConfigs(settings, node, globals, body, configs);
        }
    }

    private static MapNode? Open(SettingsReader settings, string key, string file)
    {
        try
        {
            return SettingsFile.Read(file);
        }
        catch (SettingsException exception)
        {
            foreach (var error in exception.Errors)
            {
                settings.Fail(key, error.ToString());
            }

            return null;
        }
    }
}
