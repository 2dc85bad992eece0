using Signalbox.Server.Ingest.Host;
using Signalbox.Server.Ingest.Intake;
using Signalbox.Server.Ingest.Otlp;
using Signalbox.Server.Ingest.RemoteWrite;
using Signalbox.Server.Ingest.Scrape;
using Signalbox.Server.Ingest.Self;
using Signalbox.Server.Ingest.Storage;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Json;
using Signalbox.Server.Platform.Telemetry;
using Signalbox.Telemetry.Metrics;
using Signalbox.Telemetry.Metrics.Otlp;

namespace Signalbox.Server.Ingest;

/// <summary>Everything that brings metrics in: remote write, OTLP, scraping, this machine, and Signalbox itself.</summary>
internal static class IngestFeature
{
    public static void AddIngest(this IServiceCollection services, IngestOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Storage);
        services.AddSingleton(options.Limits);
        services.AddSingleton(options.Host);
        services.AddSingleton(options.Self);
        services.AddJson(IngestJson.Default);

        services.AddSingleton<IngestMetrics>();
        services.AddSingleton<IAuditVocabulary, IngestVocabulary>();
        services.AddSingleton<RefusalCounts>();
        services.AddSingleton<SourceTable>();
        services.AddSingleton<IngestGate>();
        services.AddSingleton<MetricIntake>();
        services.AddSingleton<SystemReport>();
        services.AddSingleton<LimitReport>();

        // Started first and so stopped last: whoever writes has ended when the store closes.
        services.AddSingleton<IMetricStoreFactory, EmbeddedMetricStoreFactory>();
        services.AddSingleton<DeferredMetricStore>();
        services.AddSingleton<IMetricStore>(static provider => provider.GetRequiredService<DeferredMetricStore>());
        services.AddHostedService<MetricStoreService>();

        services.AddSingleton<RemoteWriteReceiver>();

        services.AddSingleton(options.Otlp);
        services.AddSingleton<OtlpDeltaAccumulator>();
        services.AddSingleton<OtlpMetricTranslator>();
        services.AddSingleton<OtlpMetricsReceiver>();

        services.AddSingleton(options.Scrape);
        services.AddSingleton<ScrapeDependencies>();
        services.AddSingleton<ScrapeService>();
        services.AddSingleton<ITargetList>(static provider => provider.GetRequiredService<ScrapeService>());
        services.AddHostedService(static provider => provider.GetRequiredService<ScrapeService>());

        services.AddSingleton<SelfMeters>();
        services.AddSingleton<SelfCollection>();
        services.AddSingleton<SelfAddress>();
        services.AddHostedService<SelfMetricsService>();
        services.AddSingleton(options.Tracing);
        services.AddHostedService<SelfTracing>();
        services.AddHostedService<HostMetricsService>();
    }

    public static void MapIngest(this IEndpointRouteBuilder endpoints)
    {
        var metrics = endpoints.ServiceProvider.GetRequiredService<IngestMetrics>();
        // Made now and not at the first request, because it remembers when the server started.
        endpoints.ServiceProvider.GetRequiredService<SystemReport>();
        metrics.ObserveSources(() => endpoints.ServiceProvider.GetRequiredService<SourceTable>().Count);
        metrics.ObserveRequests(() => endpoints.ServiceProvider.GetRequiredService<IngestGate>().Inside);
        metrics.ObserveDeltas(endpoints.ServiceProvider.GetRequiredService<OtlpDeltaAccumulator>().Statistics);
        endpoints.MapReports();
        endpoints.MapRemoteWrite();
        endpoints.MapOtlpHttp();
        endpoints.MapOtlpGrpc();
        endpoints.MapSelf();
    }
}
