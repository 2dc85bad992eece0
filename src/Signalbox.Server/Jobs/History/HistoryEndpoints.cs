using Microsoft.AspNetCore.Http.HttpResults;
using Signalbox.Server.Platform.Access;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Jobs.History;

/// <summary>The API of executions and of what they add up to.</summary>
internal static class HistoryEndpoints
{
    public static void MapHistory(this IEndpointRouteBuilder scheduler)
    {
        var executions = scheduler.MapGroup("/executions").WithTags("Executions");
        executions.MapGet("/", ListAsync).WithName("listExecutions")
            .WithSummary("List executions: those that have not ended by when they are due, then those that have by when they ended, newest first; from and to mean these times. Stacks are in the execution alone.");
        executions.MapGet("/timeline", TimelineAsync).WithName("getTimeline").WithSummary("Show what ran when, job by job, in a compact form; by default the last day.");
        executions.MapGet("/{id}", FindAsync).WithName("getExecution").WithSummary("Show an execution with its earlier attempts.");
        executions.MapGet("/{id}/output", OutputAsync).WithName("getOutput").WithSummary("Read what an execution wrote, from after a sequence number on.");
        executions.MapPost("/{id}/cancel", CancelAsync).WithName("cancelExecution").WithSummary("Ask an execution to end; one that has not started is cancelled, a running one is killed after its grace.").Audited(JobsVocabulary.ExecutionCancel, JobsVocabulary.Execution);

        scheduler.MapGet("/stats", StatisticsAsync).WithTags("Statistics").WithName("getJobStatistics")
            .WithSummary("Show how executions went, by task, hour or day or in all; by default the last week. The answer says which period it covers.");
        scheduler.MapGet("/instances", InstancesAsync).WithTags("Instances").WithName("listInstances").WithSummary("List the processes that run jobs.");
        scheduler.MapGet("/handlers", Handlers).WithTags("Instances").WithName("listHandlers").WithSummary("List the C# handlers that jobs can name.");
    }

    private static async Task<Results<Ok<ExecutionList>, ProblemHttpResult>> ListAsync(
        HttpContext context, ExecutionQuery query, [AsParameters] ExecutionListQuery asked, CancellationToken cancellationToken) =>
        ExecutionFilter.Of(asked.TaskId, asked.State, asked.Instance, asked.Trigger, asked.From, asked.To) switch
        {
            Outcome<ExecutionFilter>.Done { Value: var filter } =>
                (await query.ListAsync(context.Principal().Tenant.Value, filter, Paging.Limit(asked.Limit), asked.After, cancellationToken)).ToResult(context, TypedResults.Ok),
            var refused => ((Outcome<ExecutionFilter>.Refused)refused).Refusal.ToProblem(context),
        };

    private static async Task<Results<Ok<ExecutionDetail>, ProblemHttpResult>> FindAsync(HttpContext context, ExecutionQuery query, string id, CancellationToken cancellationToken) =>
        await query.FindAsync(context.Principal().Tenant.Value, id, cancellationToken) is { } execution ? TypedResults.Ok(execution) : NotFound();

    private static async Task<Results<Ok<OutputPage>, ProblemHttpResult>> OutputAsync(
        HttpContext context, OutputQuery query, string id, long? after, int? limit, CancellationToken cancellationToken) =>
        await query.RunAsync(context.Principal().Tenant.Value, id, after ?? -1, Paging.Limit(limit ?? Paging.LargestLimit), cancellationToken) is { } page ? TypedResults.Ok(page) : NotFound();

    private static async Task<Results<Accepted<ExecutionDetail>, ProblemHttpResult>> CancelAsync(
        HttpContext context, ExecutionDesk desk, ExecutionQuery query, string id, CancellationToken cancellationToken)
    {
        var outcome = await desk.CancelAsync(JobActor.Of(context), id, cancellationToken);
        return outcome is Outcome<ExecutionRow>.Refused { Refusal: var refusal }
            ? refusal.ToProblem(context)
            : TypedResults.Accepted($"/api/v1/scheduler/executions/{id}", await query.FindAsync(context.Principal().Tenant.Value, id, cancellationToken));
    }

    private static async Task<Results<Ok<Timeline>, ProblemHttpResult>> TimelineAsync(
        HttpContext context, TimelineQuery query, [AsParameters] TimelineListQuery asked, CancellationToken cancellationToken) =>
        (await query.RunAsync(context.Principal().Tenant.Value, asked.TaskId, asked.From, asked.To, asked.Limit, cancellationToken)).ToResult(context, TypedResults.Ok);

    private static async Task<Results<Ok<StatisticsAnswer>, ProblemHttpResult>> StatisticsAsync(
        HttpContext context, StatisticsQuery query, [AsParameters] StatisticsListQuery asked, CancellationToken cancellationToken) =>
        (await query.RunAsync(context.Principal().Tenant.Value, asked.TaskId, asked.From, asked.To, asked.By, cancellationToken)).ToResult(context, TypedResults.Ok);

    private static async Task<Ok<InstanceList>> InstancesAsync(InstanceQuery query, CancellationToken cancellationToken) => TypedResults.Ok(await query.ListAsync(cancellationToken));

    private static Ok<HandlerList> Handlers(HttpContext context, HandlerQuery query) => TypedResults.Ok(query.List(context.Principal().Tenant.Value));

    private static ProblemHttpResult NotFound() => Problems.NotFound("execution_not_found", "There is no such execution in this tenant.");
}

/// <summary>What a list of executions can be asked for.</summary>
internal sealed record ExecutionListQuery
{
    public string? TaskId { get; init; }

    /// <summary>One state, or several separated by commas.</summary>
    public string? State { get; init; }

    public string? Instance { get; init; }

    public string? Trigger { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public int? Limit { get; init; }

    public string? After { get; init; }
}

/// <summary>What a timeline can be asked for.</summary>
internal sealed record TimelineListQuery
{
    public string? TaskId { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public int? Limit { get; init; }
}

/// <summary>What statistics can be asked for.</summary>
internal sealed record StatisticsListQuery
{
    public string? TaskId { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public string? By { get; init; }
}
