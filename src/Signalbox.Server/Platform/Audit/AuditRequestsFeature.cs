namespace Signalbox.Server.Platform.Audit;

/// <summary>The record of requests, for all slices at once.</summary>
internal static class AuditRequestsFeature
{
    /// <summary>To be added after all that records: what is counted is written while the log still takes it.</summary>
    public static void AddAuditRequests(this IServiceCollection services, AuditRequestOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<IAuditVocabulary, PlatformVocabulary>();
        services.AddSingleton<AuditSummaries>();
        services.AddHostedService(static provider => provider.GetRequiredService<AuditSummaries>());
    }

    /// <summary>Must come after routing and before the check of access, so that what is refused is recorded, too.</summary>
    public static void UseAuditRequests(this IApplicationBuilder application) => application.UseMiddleware<AuditRequests>();
}
