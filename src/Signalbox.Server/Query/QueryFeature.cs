using Signalbox.PromQL;
using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Query;

/// <summary>PromQL over Prometheus's HTTP API.</summary>
internal static class QueryFeature
{
    public static void AddQuery(this IServiceCollection services, QueryOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<QueryMetrics>();
        services.AddSingleton<IAuditVocabulary, QueryVocabulary>();
        services.AddSingleton<QueryAdmission>();
        services.AddSingleton<QueryRunner>();
        services.AddSingleton<ExpressionEndpoints>();
        services.AddSingleton<SeriesEndpoints>();
        services.AddSingleton<MetadataEndpoint>();
        services.AddSingleton<TargetsEndpoint>();
        services.AddSingleton(static provider =>
        {
            var options = provider.GetRequiredService<QueryOptions>();

            // The endpoint refuses a range by its points, as Prometheus words it; the engine's own bound counts steps and lies one above.
            var engine = new PromQLOptions { Lookback = options.Lookback, Timeout = options.Timeout, MaxSamples = options.MaxSamples, MaxSteps = (int)options.MaxPoints + 2 };
            return new PromQLEngine(engine, provider.GetRequiredService<TimeProvider>());
        });
    }

    public static void MapQuery(this IEndpointRouteBuilder endpoints) => QueryEndpoints.Map(endpoints);
}
