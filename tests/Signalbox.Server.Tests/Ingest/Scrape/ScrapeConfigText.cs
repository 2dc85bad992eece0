using Signalbox.Server.Ingest.Scrape.Configuration;
using Signalbox.Settings;

namespace Signalbox.Server.Tests.Ingest.Scrape;

/// <summary>Reads scrape configurations from text, as the server reads its file.</summary>
internal static class ScrapeConfigText
{
    public static ScrapeOptions Read(string yaml) => Read(yaml, out var errors) is var options && errors.Count == 0 ? options : throw new SettingsException(errors);

    public static ScrapeOptions Read(string yaml, out IReadOnlyList<SettingsError> errors, string file = "signalbox.yaml")
    {
        var nothing = new Dictionary<string, string>(StringComparer.Ordinal);
        var settings = new SettingsReader(new SettingsSources(nothing, nothing, SettingsFile.Parse(yaml, file)));
        var options = ScrapeOptions.Read(settings);
        errors = settings.Errors;
        return options;
    }
}
