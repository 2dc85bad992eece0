using Microsoft.AspNetCore.Http.HttpResults;

namespace Signalbox.Server.Audit.Events;

/// <summary>The API of the records themselves.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder audit) =>
        audit.MapGet("/vocabulary", Vocabulary).WithTags("Audit").WithName("getAuditVocabulary").WithSummary("List the actions and resource types that the audit log knows; reported events must use them.");

    private static Ok<AuditVocabularyView> Vocabulary(VocabularyQuery query) => TypedResults.Ok(query.Show());
}
