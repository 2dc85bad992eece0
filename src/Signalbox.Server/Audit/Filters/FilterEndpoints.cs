using Microsoft.AspNetCore.Http.HttpResults;
using Signalbox.Server.Audit.Vocabulary;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Audit.Filters;

/// <summary>The API of saved filters.</summary>
internal static class FilterEndpoints
{
    public static void MapFilters(this IEndpointRouteBuilder audit)
    {
        var filters = audit.MapGroup("/filters").WithTags("Audit");
        filters.MapGet("/", ListAsync).WithName("listAuditFilters").WithSummary("List the searches of the audit log that you gave a name; tokens have none.");
        filters.MapPut("/{name}", SaveAsync).WithName("saveAuditFilter").WithSummary("Keep a search of the audit log under a name, in the place of one of the same name.").Audited(AuditVocabulary.FilterSave, AuditVocabulary.Filter);
        filters.MapDelete("/{name}", DeleteAsync).WithName("deleteAuditFilter").WithSummary("Forget a search of the audit log.").Audited(AuditVocabulary.FilterDelete, AuditVocabulary.Filter);
    }

    private static async Task<Ok<AuditFilterList>> ListAsync(HttpContext context, FilterDesk desk, int? limit, string? after, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.ListAsync(context.Principal(), Paging.Limit(limit), after, cancellationToken));

    private static async Task<Results<Ok<AuditFilter>, ProblemHttpResult>> SaveAsync(HttpContext context, FilterDesk desk, string name, SaveAuditFilter filter, CancellationToken cancellationToken) =>
        (await desk.SaveAsync(context.Principal(), name, filter.Query, cancellationToken)).ToResult(context, TypedResults.Ok);

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(HttpContext context, FilterDesk desk, string name, CancellationToken cancellationToken) =>
        (await desk.DeleteAsync(context.Principal(), name, cancellationToken)).ToResult(context, static _ => TypedResults.NoContent());
}
