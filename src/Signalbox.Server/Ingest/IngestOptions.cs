using Signalbox.Server.Ingest.Host;
using Signalbox.Server.Ingest.Intake;
using Signalbox.Server.Ingest.Otlp;
using Signalbox.Server.Ingest.Scrape.Configuration;
using Signalbox.Server.Ingest.Self;
using Signalbox.Server.Ingest.Storage;
using Signalbox.Settings;
using Signalbox.Telemetry.Metrics.Otlp;

namespace Signalbox.Server.Ingest;

/// <summary>Where metrics come from, where they are kept, and every bound on the way.</summary>
internal sealed record IngestOptions
{
    public required MetricStorageOptions Storage { get; init; }

    public required IngestLimits Limits { get; init; }

    public required OtlpTranslationOptions Otlp { get; init; }

    public required ScrapeOptions Scrape { get; init; }

    public required HostMetricsOptions Host { get; init; }

    public required SelfMetricsOptions Self { get; init; }

    public required SelfTracingOptions Tracing { get; init; }

    public static IngestOptions Read(SettingsReader settings) => new()
    {
        Storage = MetricStorageOptions.Read(settings),
        Limits = IngestLimits.Read(settings),
        Otlp = OtlpOptions.Read(settings),
        Scrape = ScrapeOptions.Read(settings),
        Host = HostMetricsOptions.Read(settings),
        Self = SelfMetricsOptions.Read(settings),
        Tracing = SelfTracingOptions.Read(settings),
    };
}
