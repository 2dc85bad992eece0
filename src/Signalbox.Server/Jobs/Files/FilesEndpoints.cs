using Microsoft.AspNetCore.Http.HttpResults;

using Signalbox.Server.Platform.Audit;
namespace Signalbox.Server.Jobs.Files;

/// <summary>The API of the jobs folder.</summary>
internal static class FilesEndpoints
{
    public static void MapFiles(this IEndpointRouteBuilder scheduler)
    {
        var files = scheduler.MapGroup("/files").WithTags("Files");
        files.MapPost("/plan", PlanAsync).WithName("planFiles").WithSummary("Show what the jobs folder would change, member by member; changes nothing.").Audited(JobsVocabulary.FilesPlan, JobsVocabulary.Files);
        files.MapPost("/apply", ApplyAsync).WithName("applyFiles").WithSummary("Apply the jobs folder now; a file that does not hold leaves its jobs as they are and is reported.").Audited(JobsVocabulary.FilesApply, JobsVocabulary.Files);
    }

    private static async Task<Results<Ok<FilePlan>, ProblemHttpResult>> PlanAsync(HttpContext context, FilesDesk desk, CancellationToken cancellationToken) =>
        (await desk.PlanAsync(JobActor.Of(context), cancellationToken)).ToResult(context, TypedResults.Ok);

    private static async Task<Results<Ok<FilePlan>, ProblemHttpResult>> ApplyAsync(HttpContext context, FilesDesk desk, CancellationToken cancellationToken) =>
        (await desk.ApplyAsync(JobActor.Of(context), cancellationToken)).ToResult(context, TypedResults.Ok);
}
