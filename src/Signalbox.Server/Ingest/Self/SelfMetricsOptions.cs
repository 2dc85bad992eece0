using Signalbox.Settings;

namespace Signalbox.Server.Ingest.Self;

/// <summary>How often Signalbox writes its own metrics into its own store.</summary>
internal sealed record SelfMetricsOptions(bool Enabled, TimeSpan Interval)
{
    public static SelfMetricsOptions Read(SettingsReader settings) => new(
        settings.Switch("self.enabled", true, "Keeps Signalbox's own metrics in its own store; /metrics gives them in any case."),
        settings.Duration("self.interval", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), "How often Signalbox's own metrics are kept."));
}
