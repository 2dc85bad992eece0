using Microsoft.AspNetCore.Http.HttpResults;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>The API of schedules and their fires.</summary>
internal static class FireEndpoints
{
    public static void MapFires(this IEndpointRouteBuilder scheduler)
    {
        var api = scheduler.MapGroup(string.Empty).WithTags("Tasks");
        api.MapGet("/tasks/{id}/preview", PreviewTaskAsync).WithName("previewTask").WithSummary("Show when a job fires next, with what changes of the clocks do to it.");
        api.MapGet("/tasks/{id}/fires", FiresAsync).WithName("listFires").WithSummary("List every nominal fire of a job and what became of it, newest first.");
        api.MapGet("/tasks/{id}/schedules", SchedulesAsync).WithName("listSchedules").WithSummary("List the schedules of a job and when each was in force, newest first.");
        api.MapPost("/preview", Preview).WithName("previewSchedule").WithSummary("Show when a schedule would fire, without a job.").AuditedInSummary(JobsVocabulary.TaskPreview, JobsVocabulary.Schedule);
    }

    private static async Task<Results<Ok<TaskPreview>, ProblemHttpResult>> PreviewTaskAsync(
        HttpContext context, TaskPreviewing previewing, string id, DateTimeOffset? from, int? count, CancellationToken cancellationToken) =>
        (await previewing.OfTaskAsync(context.Principal().Tenant.Value, id, from, count, cancellationToken)).ToResult(context, TypedResults.Ok);

    private static Results<Ok<TaskPreview>, ProblemHttpResult> Preview(HttpContext context, TaskPreviewing previewing, PreviewSchedule request) =>
        previewing.Of(request).ToResult(context, TypedResults.Ok);

    private static async Task<Results<Ok<FireList>, ProblemHttpResult>> FiresAsync(
        HttpContext context, FireQuery query, string id, [AsParameters] FireListQuery asked, CancellationToken cancellationToken)
    {
        var window = new FireWindow(asked.From, asked.To, Words.Of(asked.Outcome), Paging.Limit(asked.Limit), asked.After);
        return (await query.RunAsync(context.Principal().Tenant.Value, id, window, cancellationToken)).ToResult(context, TypedResults.Ok);
    }

    private static async Task<Results<Ok<TaskSchedulePeriodList>, ProblemHttpResult>> SchedulesAsync(HttpContext context, TaskPreviewing previewing, string id, CancellationToken cancellationToken) =>
        (await previewing.PeriodsAsync(context.Principal().Tenant.Value, id, cancellationToken)).ToResult(context, TypedResults.Ok);
}

/// <summary>What a list of fires can be asked for.</summary>
internal sealed record FireListQuery
{
    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    /// <summary>One outcome, or several separated by commas.</summary>
    public string? Outcome { get; init; }

    public int? Limit { get; init; }

    public string? After { get; init; }
}
