using Microsoft.AspNetCore.Http.HttpResults;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Platform.Live;

/// <summary>The API of event streams.</summary>
internal static class LiveEndpoints
{
    private const int MostTopics = 50;
    private const int LongestTopic = 200;

    public static void MapLive(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/api/v1/events", StreamAsync).WithName("listenToEvents").WithTags("Events")
        .WithSummary("Listen to what happens, as server-sent events; topics are separated by commas, such as scheduler or execution:ID. Resumes after Last-Event-ID (or lastEventId).")
        .Produces<string>(StatusCodes.Status200OK, "text/event-stream");

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> StreamAsync(HttpContext context, LiveDesk desk, string? topics, string? lastEventId, CancellationToken cancellationToken)
    {
        var names = topics?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal) ?? [];
        if (names.Count is 0 or > MostTopics || names.Any(static name => name.Length > LongestTopic))
        {
            return Refusal.Invalid("topics", $"Name 1 to {MostTopics} topics, separated by commas, such as scheduler or execution:ID.").ToProblem(context);
        }

        var last = context.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } header] ? header : lastEventId;
        return await desk.ServeAsync(context, names, last is { Length: 0 } ? null : last, cancellationToken) is { } refusal ? refusal.ToProblem(context) : TypedResults.Empty;
    }
}
