using System.Text.Json;
using Signalbox.Server.Jobs.Engine;
using Signalbox.Server.Jobs.Definitions;
using Signalbox.Server.Jobs.News;
using Signalbox.Server.Jobs.Running;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Jobs.History;

/// <summary>Runs jobs by hand and asks executions to end.</summary>
internal sealed class ExecutionDesk(ControlDatabase database, JobRules rules, EngineCommands engine, IAuditTrail audit, JobNews news)
{
    /// <summary>In characters of JSON.</summary>
    private const int LongestArguments = 64 * 1024;

    /// <summary>The reason that stands with an execution which a person has cancelled.</summary>
    private const string ByRequest = "requested";

    /// <returns>The new execution's id.</returns>
    public async Task<Outcome<string>> TriggerAsync(JobActor actor, string taskId, TriggerTask request, CancellationToken cancellationToken)
    {
        var arguments = request.Arguments is { ValueKind: not JsonValueKind.Null } given ? given.GetRawText() : null;
        if (arguments?.Length > LongestArguments)
        {
            return Refusal.Invalid("arguments", $"These have more than {LongestArguments} characters.");
        }

        if (arguments is not null && !JsonTexts.AreValid(request.Arguments!.Value))
        {
            return Refusal.Invalid("arguments", "A text holds half of a character (a lone surrogate).");
        }

        return await database.WriteAsync<Outcome<string>>(
            async session =>
            {
                if (await TaskStore.LockAsync(session, actor.Tenant, taskId) is not { } row)
                {
                    return TaskRefusals.NotFound;
                }

                var work = JobDefinition.Parse(row.Definition).Work;
                if ((rules.CheckTrust(actor.Tenant, work) ?? CheckArguments(work, arguments)) is { } refusal)
                {
                    return refusal;
                }

                if (await ExecutionStore.CountWaitingByHandAsync(session, row.Id) >= rules.Limits.Waiting)
                {
                    return rules.TooManyWait();
                }

                var id = await engine.TriggerAsync(session, row.Id, actor.Name, request.IgnoreOverlap == true, arguments);
                await audit.RecordAsync(session, actor.Event(JobsVocabulary.TaskTrigger, new AuditResource(JobsVocabulary.Task, row.Id, row.Name)).With("execution", id));
                session.OnCommitted(news.ExecutionChanged);
                return id;
            },
            cancellationToken);
    }

    private Refusal? CheckArguments(JobWork work, string? arguments)
    {
        if (arguments is null)
        {
            return null;
        }

        if (work is not HandlerWork handler)
        {
            return Refusal.Invalid("arguments", "Only handlers take arguments that differ from run to run.");
        }

        var errors = new DefinitionErrors();
        return rules.CheckHandler(handler with { Arguments = arguments }, string.Empty, errors) ? null : rules.Refuse(errors.Items);
    }

    /// <summary>Asks an execution to end; asking again changes nothing.</summary>
    public Task<Outcome<ExecutionRow>> CancelAsync(JobActor actor, string id, CancellationToken cancellationToken) => database.WriteAsync<Outcome<ExecutionRow>>(
        async session =>
        {
            if (await ExecutionStore.FindAsync(session, actor.Tenant, id) is not { } row)
            {
                return Refusal.NotFound("execution_not_found", "There is no such execution in this tenant.");
            }

            if (row.FinishedAtMs is not null)
            {
                return Refusal.Conflict("execution_ended", $"This execution has ended already: it is {row.State}.");
            }

            if (row.CancelReason is null && await engine.RequestCancelAsync(session, id, ByRequest))
            {
                await audit.RecordAsync(session, actor.Event(JobsVocabulary.ExecutionCancel, new AuditResource(JobsVocabulary.Execution, id, row.JobName)));
                session.OnCommitted(news.ExecutionChanged);
            }

            return row;
        },
        cancellationToken);
}
