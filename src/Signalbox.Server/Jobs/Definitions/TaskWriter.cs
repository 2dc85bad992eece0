using Signalbox.Server.Jobs.Engine;
using Signalbox.Server.Jobs.News;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Writes jobs inside a caller's transaction: row, schedule, record of the change and news of it go together or not at all.</summary>
internal sealed class TaskWriter(JobRules rules, EngineCommands engine, IAuditTrail audit, JobNews news)
{
    public JobRules Rules => rules;

    /// <param name="file">The file that defines it; null for a job of the API.</param>
    public async Task<Outcome<JobRow>> CreateAsync(ControlSession session, JobActor actor, string id, JobDefinition definition, string? file)
    {
        if (rules.CheckTrust(actor.Tenant, definition.Work) is { } distrusted)
        {
            return distrusted;
        }

        if (await TaskStore.FindByNameAsync(session, actor.Tenant, definition.Name) is not null)
        {
            return TaskRefusals.NameTaken(definition.Name);
        }

        if (await TaskStore.CountAsync(session, actor.Tenant) >= rules.Limits.PerTenant)
        {
            return rules.TooMany();
        }

        switch (await DependencyCheck.ResolveAsync(session, actor.Tenant, id, definition))
        {
            case Outcome<JobDefinition>.Done { Value: var resolved }:
                var row = JobRows.New(id, actor, resolved, file, await session.NowMsAsync());
                await TaskStore.InsertAsync(session, row);
                await engine.ScheduleChangedAsync(session, row.Id);
                await TellAsync(session, actor, JobsVocabulary.TaskCreate, row, DefinitionNodes.Of(null, RequestOf(row, resolved)));
                return row;
            case Outcome<JobDefinition>.Refused { Refusal: var refusal }:
                return refusal;
            default:
                throw new InvalidOperationException("An outcome is done or refused.");
        }
    }

    /// <summary>Puts a definition in the place of a job's; when nothing differs, nothing is written and the version stays.</summary>
    public async Task<Outcome<JobRow>> ChangeAsync(ControlSession session, JobActor actor, JobRow before, JobDefinition definition, string? file)
    {
        if (rules.CheckTrust(actor.Tenant, definition.Work) is { } distrusted)
        {
            return distrusted;
        }

        if (definition.Name != before.Name && await TaskStore.FindByNameAsync(session, actor.Tenant, definition.Name) is not null)
        {
            return TaskRefusals.NameTaken(definition.Name);
        }

        switch (await DependencyCheck.ResolveAsync(session, actor.Tenant, before.Id, definition))
        {
            case Outcome<JobDefinition>.Done { Value: var resolved }:
                var change = DefinitionNodes.Of(RequestOf(before, JobDefinition.Parse(before.Definition)), RequestOf(before with { Enabled = resolved.Enabled ?? before.Enabled }, resolved));
                if (change.IsNone && before.FilePath == file)
                {
                    return before;
                }

                var row = JobRows.With(before with { FilePath = file }, actor, resolved, await session.NowMsAsync());
                return await WriteAsync(session, actor, JobsVocabulary.TaskUpdate, row, change) ? row : TaskRefusals.VersionChanged(before.Version + 1);
            case Outcome<JobDefinition>.Refused { Refusal: var refusal }:
                return refusal;
            default:
                throw new InvalidOperationException("An outcome is done or refused.");
        }
    }

    /// <returns>The job as it is now; the same when it was so already.</returns>
    public async Task<JobRow> SwitchAsync(ControlSession session, JobActor actor, JobRow before, bool enabled)
    {
        if (before.Enabled == enabled)
        {
            return before;
        }

        var row = before with { Enabled = enabled, Version = before.Version + 1, UpdatedAtMs = await session.NowMsAsync(), UpdatedBy = actor.Name };
        var definition = JobDefinition.Parse(row.Definition);
        var change = DefinitionNodes.Of(RequestOf(before, definition), RequestOf(row, definition));
        return await WriteAsync(session, actor, enabled ? JobsVocabulary.TaskEnable : JobsVocabulary.TaskDisable, row, change)
            ? row
            : throw new InvalidOperationException($"Job {row.Id} changed within the transaction that had read it.");
    }

    public async Task<Outcome<JobRow>> DeleteAsync(ControlSession session, JobActor actor, JobRow row)
    {
        var dependents = await TaskStore.ListDependentsAsync(session, actor.Tenant, row.Id);
        if (dependents.Count > 0)
        {
            return TaskRefusals.HasDependents(dependents);
        }

        await engine.DeletedAsync(session, row.Id, actor.Name);
        await TaskStore.DeleteAsync(session, actor.Tenant, row.Id);
        await TellAsync(session, actor, JobsVocabulary.TaskDelete, row, DefinitionNodes.Of(RequestOf(row, JobDefinition.Parse(row.Definition)), null));
        return row;
    }

    private async Task<bool> WriteAsync(ControlSession session, JobActor actor, AuditAction action, JobRow row, DefinitionNodes change)
    {
        if (!await TaskStore.UpdateAsync(session, row))
        {
            return false;
        }

        await engine.ScheduleChangedAsync(session, row.Id);
        await TellAsync(session, actor, action, row, change);
        return true;
    }

    private async Task TellAsync(ControlSession session, JobActor actor, AuditAction action, JobRow row, DefinitionNodes change)
    {
        await audit.RecordAsync(session, actor.Event(action, new AuditResource(JobsVocabulary.Task, row.Id, row.Name)).Changed(change.Before, change.After));
        session.OnCommitted(() => news.TaskChanged(row.Tenant, row.Id, row.Name, action.Name));
    }

    private static TaskRequest RequestOf(JobRow row, JobDefinition definition) => DefinitionWriter.ToRequest(definition with { Enabled = row.Enabled }, secrets: true);
}
