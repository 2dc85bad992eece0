using Signalbox.Settings;
using Signalbox.Telemetry.Metrics.Otlp;

namespace Signalbox.Server.Ingest.Otlp;

/// <summary>Reads how OTLP metrics become series.</summary>
internal static class OtlpOptions
{
    public static OtlpTranslationOptions Read(SettingsReader settings)
    {
        var defaults = new OtlpTranslationOptions();
        var strategy = settings.Choice(
            "otlp.translation_strategy", nameof(OtlpTranslationStrategy.UnderscoreEscapingWithSuffixes), "How OTLP names become metric and label names, as in Prometheus.", Enum.GetNames<OtlpTranslationStrategy>());
        return new OtlpTranslationOptions
        {
            Strategy = Enum.Parse<OtlpTranslationStrategy>(strategy),
            PromoteResourceAttributes = settings.List("otlp.promote_resource_attributes", "Resource attributes that become labels of every series."),
            PromoteScopeMetadata = settings.Switch("otlp.promote_scope_metadata", defaults.PromoteScopeMetadata, "Puts name and version of the instrumentation scope into labels."),
            TargetInfo = settings.Switch("otlp.target_info", defaults.TargetInfo, "Writes a target_info series for each resource."),
            MaxDeltaSeriesPerTenant = (int)settings.Integer("otlp.max_delta_series_per_tenant", defaults.MaxDeltaSeriesPerTenant, 1, 10_000_000, "Series of delta temporality that are added up a tenant; the one unused longest makes room."),
            DeltaExpiry = settings.Duration("otlp.delta_expiry", defaults.DeltaExpiry, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7), "How long a series of delta temporality may be silent before its sum is forgotten."),
        };
    }
}
