using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Audit.Vocabulary;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Json;

namespace Signalbox.Server.Audit;

/// <summary>The audit log: what was done, by whom, to what, and a proof that nobody changed it since.</summary>
internal static class AuditFeature
{
    public static void AddAudit(this IServiceCollection services, AuditOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<AuditMetrics>();
        services.AddAuditVocabulary();
        services.AddSingleton<IMigrationSource, AuditMigrations>();
        services.AddAuditStorage();
        services.AddJson(AuditJson.Default);
    }

    public static void MapAudit(this IEndpointRouteBuilder endpoints) => AuditEndpoints.Map(endpoints);
}
