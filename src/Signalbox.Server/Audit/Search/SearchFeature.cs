using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Search;

/// <summary>Registers the search over the audit log and its index.</summary>
internal static class SearchFeature
{
    public static void AddAuditSearch(this IServiceCollection services, SearchOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(EraShape.Default);
        services.AddSingleton<IMigrationSource, SearchMigrations>();
        services.AddSingleton<SearchMetrics>();
        services.AddSingleton<LogTails>();
        services.AddSingleton<EraIndex>();
        services.AddSingleton<EventSearch>();
        services.AddSingleton<EraRepairs>();
        services.AddHostedService(static provider => provider.GetRequiredService<EraRepairs>());
    }
}
