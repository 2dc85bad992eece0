namespace Signalbox.Server.Audit.Filters;

/// <summary>Registers saved filters.</summary>
internal static class FiltersFeature
{
    public static void AddAuditFilters(this IServiceCollection services, FilterOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<FilterDesk>();
    }
}
