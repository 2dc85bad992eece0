using Signalbox.Settings;

namespace Signalbox.Server.Ingest.Host;

/// <summary>Whether and how often this machine is measured.</summary>
internal sealed record HostMetricsOptions(bool Enabled, TimeSpan Interval)
{
    public static HostMetricsOptions Read(SettingsReader settings) => new(
        settings.Switch("host.enabled", true, "Measures this machine under node_exporter's names."),
        settings.Duration("host.interval", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), "How often this machine is measured."));
}
