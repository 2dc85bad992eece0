using Microsoft.AspNetCore.Http.HttpResults;
using Signalbox.Server.Audit.Vocabulary;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Audit.Configuration;

/// <summary>The API of how long the audit log is kept.</summary>
internal static class ConfigurationEndpoints
{
    public static void MapConfiguration(this IEndpointRouteBuilder audit)
    {
        var configuration = audit.MapGroup("/config").WithTags("Audit");
        configuration.MapGet("/", ShowAsync).WithName("getAuditConfiguration").WithSummary("Show how long this tenant's audit log is kept, and what is kept of it now.");
        configuration.MapPut("/", ChangeAsync).Audited(AuditVocabulary.ConfigUpdate, AuditVocabulary.Log).WithName("changeAuditConfiguration").WithSummary("Change how long this tenant's audit log is kept. What is too old then goes with the next round, within the hour; the change itself is recorded.");
        configuration.MapGet("/preview", PreviewAsync).WithName("previewAuditRetention").WithSummary("Tell what a retention would remove if it held now.");
    }

    private static async Task<Ok<AuditConfiguration>> ShowAsync(HttpContext context, ConfigurationDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.ShowAsync(context.Principal().Tenant.Value, cancellationToken));

    private static async Task<Results<Ok<AuditConfiguration>, ProblemHttpResult>> ChangeAsync(HttpContext context, ConfigurationDesk desk, ChangeAuditConfiguration change, CancellationToken cancellationToken) =>
        (await desk.ChangeAsync(context.Principal(), change.Retention, cancellationToken)).ToResult(context, TypedResults.Ok);

    private static async Task<Results<Ok<AuditRetentionPreview>, ProblemHttpResult>> PreviewAsync(HttpContext context, ConfigurationDesk desk, string? retention, CancellationToken cancellationToken) =>
        (await desk.PreviewAsync(context.Principal().Tenant.Value, retention, cancellationToken)).ToResult(context, TypedResults.Ok);
}
