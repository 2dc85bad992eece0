using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Signalbox.Server.Jobs.History;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>The API of jobs.</summary>
internal static class TaskEndpoints
{
    public static void MapTasks(this IEndpointRouteBuilder scheduler)
    {
        var tasks = scheduler.MapGroup("/tasks").WithTags("Tasks");
        tasks.MapGet("/", ListAsync).WithName("listTasks").WithSummary("List the jobs of this tenant by name; state is that of the execution that ended last.");
        tasks.MapPost("/", CreateAsync).WithName("createTask").WithSummary("Create a job. Everything that is wrong with the request is told at once, member by member.").Accepts<TaskRequest>("application/json").Audited(JobsVocabulary.TaskCreate, JobsVocabulary.Task);
        tasks.MapGet("/{id}", FindAsync).WithName("getTask").WithSummary("Show a job; the ETag is its version. Values of headers and variables are shown to admins only.");
        tasks.MapPut("/{id}", ChangeAsync).WithName("changeTask").WithSummary("Put a definition in the place of a job's (If-Match: \"version\"); without enabled, that stays as it is.").Accepts<TaskRequest>("application/json").Audited(JobsVocabulary.TaskUpdate, JobsVocabulary.Task);
        tasks.MapDelete("/{id}", DeleteAsync).WithName("deleteTask").WithSummary("Delete a job (If-Match: \"version\"); waiting executions are cancelled, running ones are asked to end, and its history stays until its time.").Audited(JobsVocabulary.TaskDelete, JobsVocabulary.Task);
        tasks.MapPost("/{id}/enable", EnableAsync).WithName("enableTask").WithSummary("Let a job fire again.").Audited(JobsVocabulary.TaskEnable, JobsVocabulary.Task);
        tasks.MapPost("/{id}/disable", DisableAsync).WithName("disableTask").WithSummary("Let a job fire no more; it can still be run by hand.").Audited(JobsVocabulary.TaskDisable, JobsVocabulary.Task);
        tasks.MapPost("/bulk/enable", EnableManyAsync).WithName("enableTasks").WithSummary("Let several jobs fire again; those of files stay as they are.").Audited(JobsVocabulary.TaskEnable, JobsVocabulary.Task);
        tasks.MapPost("/bulk/disable", DisableManyAsync).WithName("disableTasks").WithSummary("Let several jobs fire no more; those of files stay as they are.").Audited(JobsVocabulary.TaskDisable, JobsVocabulary.Task);
        tasks.MapPost("/{id}/trigger", TriggerAsync).WithName("triggerTask").WithSummary("Run a job now, also a disabled one; its overlap rule holds unless ignoreOverlap is true.").Audited(JobsVocabulary.TaskTrigger, JobsVocabulary.Task);
    }

    private static async Task<Results<Ok<TaskList>, ProblemHttpResult>> ListAsync(
        HttpContext context, TaskQuery query, [AsParameters] TaskListQuery asked, CancellationToken cancellationToken)
    {
        var outcome = await query.ListAsync(JobActor.Of(context), new TaskFilter(asked.Search, asked.Enabled, Words.Of(asked.State), asked.Kind, asked.Source), Paging.Limit(asked.Limit), asked.After, cancellationToken);
        return outcome.ToResult(context, TypedResults.Ok);
    }

    private static async Task<Results<Created<ScheduledTask>, ProblemHttpResult>> CreateAsync(HttpContext context, TaskDesk desk, TaskQuery query, CancellationToken cancellationToken)
    {
        var actor = JobActor.Of(context);
        return await desk.CreateAsync(actor, await JsonBody.ReadAsync(context.Request, cancellationToken), cancellationToken) switch
        {
            Outcome<JobRow>.Done { Value: var row } => TypedResults.Created($"/api/v1/scheduler/tasks/{row.Id}", await ShownAsync(context, actor, query, row.Id, cancellationToken)),
            var refused => ((Outcome<JobRow>.Refused)refused).Refusal.ToProblem(context),
        };
    }

    private static async Task<Results<Ok<ScheduledTask>, ProblemHttpResult>> FindAsync(HttpContext context, TaskQuery query, string id, CancellationToken cancellationToken)
    {
        if (await query.FindAsync(JobActor.Of(context), id, cancellationToken) is not { } task)
        {
            return TaskRefusals.NotFound.ToProblem(context);
        }

        SetTag(context, task.Version);
        return TypedResults.Ok(task);
    }

    private static async Task<Results<Ok<ScheduledTask>, ProblemHttpResult>> ChangeAsync(HttpContext context, TaskDesk desk, TaskQuery query, string id, CancellationToken cancellationToken)
    {
        var actor = JobActor.Of(context);
        if (!TryReadTag(context, out var version, out var refusal))
        {
            return refusal.ToProblem(context);
        }

        var outcome = await desk.ChangeAsync(actor, id, await JsonBody.ReadAsync(context.Request, cancellationToken), version, cancellationToken);
        return await ToTaskAsync(context, actor, query, outcome, cancellationToken);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(HttpContext context, TaskDesk desk, string id, CancellationToken cancellationToken)
    {
        if (!TryReadTag(context, out var version, out var refusal))
        {
            return refusal.ToProblem(context);
        }

        return (await desk.DeleteAsync(JobActor.Of(context), id, version, cancellationToken)).ToResult(context, static _ => TypedResults.NoContent());
    }

    private static Task<Results<Ok<ScheduledTask>, ProblemHttpResult>> EnableAsync(HttpContext context, TaskDesk desk, TaskQuery query, string id, CancellationToken cancellationToken) =>
        SwitchAsync(context, desk, query, id, enabled: true, cancellationToken);

    private static Task<Results<Ok<ScheduledTask>, ProblemHttpResult>> DisableAsync(HttpContext context, TaskDesk desk, TaskQuery query, string id, CancellationToken cancellationToken) =>
        SwitchAsync(context, desk, query, id, enabled: false, cancellationToken);

    private static async Task<Results<Ok<ScheduledTask>, ProblemHttpResult>> SwitchAsync(
        HttpContext context, TaskDesk desk, TaskQuery query, string id, bool enabled, CancellationToken cancellationToken)
    {
        var actor = JobActor.Of(context);
        return await ToTaskAsync(context, actor, query, await desk.SwitchAsync(actor, id, enabled, cancellationToken), cancellationToken);
    }

    private static async Task<Results<Ok<TaskBulkResult>, ProblemHttpResult>> EnableManyAsync(HttpContext context, TaskDesk desk, TaskSelection selection, CancellationToken cancellationToken) =>
        (await desk.SwitchManyAsync(JobActor.Of(context), selection, enabled: true, cancellationToken)).ToResult(context, TypedResults.Ok);

    private static async Task<Results<Ok<TaskBulkResult>, ProblemHttpResult>> DisableManyAsync(HttpContext context, TaskDesk desk, TaskSelection selection, CancellationToken cancellationToken) =>
        (await desk.SwitchManyAsync(JobActor.Of(context), selection, enabled: false, cancellationToken)).ToResult(context, TypedResults.Ok);

    private static async Task<Results<Accepted<ExecutionDetail>, ProblemHttpResult>> TriggerAsync(
        HttpContext context, ExecutionDesk desk, ExecutionQuery query, string id, TriggerTask? request, CancellationToken cancellationToken)
    {
        var outcome = await desk.TriggerAsync(JobActor.Of(context), id, request ?? new TriggerTask(), cancellationToken);
        if (outcome is Outcome<string>.Refused { Refusal: var refusal })
        {
            return refusal.ToProblem(context);
        }

        var execution = ((Outcome<string>.Done)outcome).Value;
        return TypedResults.Accepted($"/api/v1/scheduler/executions/{execution}", await query.FindAsync(context.Principal().Tenant.Value, execution, cancellationToken));
    }

    private static async Task<Results<Ok<ScheduledTask>, ProblemHttpResult>> ToTaskAsync(
        HttpContext context, JobActor actor, TaskQuery query, Outcome<JobRow> outcome, CancellationToken cancellationToken) => outcome switch
        {
            Outcome<JobRow>.Done { Value: var row } => TypedResults.Ok(await ShownAsync(context, actor, query, row.Id, cancellationToken)),
            _ => ((Outcome<JobRow>.Refused)outcome).Refusal.ToProblem(context),
        };

    private static async Task<ScheduledTask> ShownAsync(HttpContext context, JobActor actor, TaskQuery query, string id, CancellationToken cancellationToken)
    {
        var task = await query.FindAsync(actor, id, cancellationToken)
            ?? throw new BadHttpRequestException("The job was deleted by somebody else in this very moment.", StatusCodes.Status409Conflict);
        SetTag(context, task.Version);
        return task;
    }

    private static void SetTag(HttpContext context, long version) => context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <param name="version">Null when the request does not say which version it means.</param>
    private static bool TryReadTag(HttpContext context, out long? version, out Refusal refusal)
    {
        version = null;
        refusal = Refusal.Invalid("If-Match", "This must be the ETag of the job as it was read, such as \"3\", or *.");
        var header = context.Request.Headers.IfMatch;
        if (header.Count == 0 || header.ToString() == "*")
        {
            return true;
        }

        var text = header.ToString().AsSpan();
        if (text.Length > 2 && text[0] == '"' && text[^1] == '"' && long.TryParse(text[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            version = number;
            return true;
        }

        return false;
    }
}

/// <summary>What a list of jobs can be asked for.</summary>
internal sealed record TaskListQuery
{
    public string? Search { get; init; }

    public bool? Enabled { get; init; }

    /// <summary>How the last run ended: one state, or several separated by commas.</summary>
    public string? State { get; init; }

    public string? Kind { get; init; }

    public string? Source { get; init; }

    public int? Limit { get; init; }

    public string? After { get; init; }
}
