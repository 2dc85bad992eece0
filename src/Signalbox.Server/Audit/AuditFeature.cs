using Signalbox.Server.Audit.Anchors;
using Signalbox.Server.Audit.Configuration;
using Signalbox.Server.Audit.Events;
using Signalbox.Server.Audit.Files;
using Signalbox.Server.Audit.Filters;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.News;
using Signalbox.Server.Audit.Proofs;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Retention;
using Signalbox.Server.Audit.Search;
using Signalbox.Server.Audit.Sequencing;
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
        services.AddAuditVocabulary(options.Vocabulary);
        services.AddSingleton<IMigrationSource, AuditMigrations>();
        services.AddAuditKeys(options.Keys);
        services.AddAuditAnchors(options.Anchors);
        services.AddAuditStorage();
        services.AddAuditSearch(options.Search);
        services.AddAuditRecords();
        services.AddAuditSequencing(options.Sequencing);
        services.AddAuditRetention(options.Retention);
        services.AddSingleton<AuditRefusals>();
        services.AddAuditEvents();
        services.AddAuditProofs();
        services.AddAuditConfiguration();
        services.AddAuditNews();
        services.AddAuditFilters(options.Filters);
        services.AddAuditFile(options.File);
        services.AddJson(AuditJson.Default);
    }

    public static void MapAudit(this IEndpointRouteBuilder endpoints) => AuditEndpoints.Map(endpoints);
}
