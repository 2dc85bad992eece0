using Microsoft.AspNetCore.Http.HttpResults;
using Signalbox.Server.Audit.Vocabulary;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Audit.Events;

/// <summary>The API of the records themselves.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder audit)
    {
        var events = audit.MapGroup("/events").WithTags("Audit");
        events.MapGet("/", ListAsync).WithName("listAuditEvents")
            .WithSummary("List the records of this tenant's audit log, newest first. All filters must hold; of the values of one filter any. A page may be short, even empty, and have a next one all the same.");
        events.MapPost("/", ReportAsync).AuditedInSummary(AuditVocabulary.EventsReport, AuditVocabulary.Log).WithName("reportAuditEvents").WithMetadata(new BodyLimit(ReportLimits.Body)).Accepts<ReportAuditEvents>("application/json")
            .WithSummary("Record what happened elsewhere: up to 1,000 events, all or none. They are durable when this answers, and sending them again with the same ids changes nothing.");
        events.MapGet("/{id}", FindAsync).WithName("getAuditEvent").WithSummary("Show a record with the objects before and after, by its id or by its sequence.");
        events.MapGet("/{id}/entry", EntryAsync).WithName("getAuditEntry").WithSummary("Read a record as it is stored: the bytes whose hash, with 0x00 before them, is its leaf in the Merkle tree.")
            .Produces<byte[]>(StatusCodes.Status200OK, "application/json");
        audit.MapGet("/vocabulary", Vocabulary).WithTags("Audit").WithName("getAuditVocabulary").WithSummary("List the actions and resource types that the audit log knows; reported events must use them.");
    }

    private static async Task<Results<Ok<AuditEntryList>, ProblemHttpResult>> ListAsync(HttpContext context, EventDesk desk, [AsParameters] EventListQuery asked, CancellationToken cancellationToken) =>
        (await desk.ListAsync(context.Principal().Tenant.Value, asked, cancellationToken)).ToResult(context, TypedResults.Ok);

    private static async Task<Results<Ok<AuditReportResult>, ProblemHttpResult>> ReportAsync(HttpContext context, ReportDesk desk, CancellationToken cancellationToken)
    {
        using var report = await ReportBody.ReadAsync(context.Request, cancellationToken);
        return (await desk.TakeAsync(context.Principal(), report.RootElement, cancellationToken)).ToResult(context, TypedResults.Ok);
    }

    private static async Task<Results<Ok<AuditEntryDetail>, ProblemHttpResult>> FindAsync(HttpContext context, EventDesk desk, string id, CancellationToken cancellationToken) =>
        (await desk.FindAsync(context.Principal().Tenant.Value, id, cancellationToken)).ToResult(context, TypedResults.Ok);

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> EntryAsync(HttpContext context, EventDesk desk, string id, CancellationToken cancellationToken) =>
        (await desk.ReadAsync(context.Principal().Tenant.Value, id, cancellationToken)).ToResult(context, static stored => TypedResults.Bytes(stored.Body, "application/json"));

    private static Ok<AuditVocabularyView> Vocabulary(VocabularyQuery query) => TypedResults.Ok(query.Show());
}
