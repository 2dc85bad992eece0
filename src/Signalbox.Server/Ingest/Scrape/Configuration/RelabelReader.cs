using System.Globalization;
using Signalbox.Settings;
using Signalbox.Telemetry.Metrics.Relabelling;

namespace Signalbox.Server.Ingest.Scrape.Configuration;

/// <summary>Reads lists of relabelling rules.</summary>
internal static class RelabelReader
{
    public static IReadOnlyList<RelabelRule> Read(SettingsSection parent, string key)
    {
        var rules = new List<RelabelRule>();
        foreach (var section in parent.Sections(key))
        {
            var config = new RelabelConfig
            {
                Action = section.Text("action"),
                SourceLabels = section.Texts("source_labels"),
                Separator = TextOrEmpty(section, "separator"),
                Regex = TextOrEmpty(section, "regex"),
                TargetLabel = section.Text("target_label"),
                Modulus = ReadModulus(section),
                Replacement = TextOrEmpty(section, "replacement"),
            };
            section.Finish();
            try
            {
                rules.Add(new RelabelRule(config));
            }
            catch (RelabelConfigException exception)
            {
                section.Fail(string.Empty, exception.Message);
            }
        }

        return rules;
    }

    /// <summary>An empty text is a value of its own here: a replacement of nothing removes the label.</summary>
    private static string? TextOrEmpty(SettingsSection section, string key) => section.Text(key) ?? (section.Has(key) ? string.Empty : null);

    private static ulong? ReadModulus(SettingsSection section)
    {
        if (section.Text("modulus") is not { } text)
        {
            return null;
        }

        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var modulus))
        {
            return modulus;
        }

        section.Fail("modulus", $"'{text}' is not allowed; write a whole number.");
        return null;
    }
}
