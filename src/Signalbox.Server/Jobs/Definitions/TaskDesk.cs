using System.Data.Common;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Creates, changes, switches and deletes jobs for those who ask through the API.</summary>
internal sealed class TaskDesk(ControlDatabase database, TaskWriter writer)
{
    /// <summary>Jobs in one transaction of a change of many.</summary>
    private const int Batch = 200;

    /// <summary>Ids that one request may name.</summary>
    public const int MostIds = 10_000;

    public async Task<Outcome<JobRow>> CreateAsync(JobActor actor, string json, CancellationToken cancellationToken)
    {
        var id = writer.Rules.NewId();
        return writer.Rules.Read(new DefinitionText(json), actor.Tenant) switch
        {
            Outcome<JobDefinition>.Done { Value: var definition } => await NamingAsync(definition.Name, session => writer.CreateAsync(session, actor, id, definition, file: null), cancellationToken),
            Outcome<JobDefinition>.Refused { Refusal: var refusal } => refusal,
            _ => throw new InvalidOperationException("An outcome is done or refused."),
        };
    }

    /// <param name="version">The version that the caller has seen; null when it does not matter.</param>
    public async Task<Outcome<JobRow>> ChangeAsync(JobActor actor, string id, string json, long? version, CancellationToken cancellationToken) =>
        writer.Rules.Read(new DefinitionText(json), actor.Tenant) switch
        {
            Outcome<JobDefinition>.Done { Value: var definition } => await NamingAsync(
                definition.Name, session => WithAsync(session, actor, id, version, row => writer.ChangeAsync(session, actor, row, definition, file: null)), cancellationToken),
            Outcome<JobDefinition>.Refused { Refusal: var refusal } => refusal,
            _ => throw new InvalidOperationException("An outcome is done or refused."),
        };

    /// <inheritdoc cref="ChangeAsync"/>
    public Task<Outcome<JobRow>> DeleteAsync(JobActor actor, string id, long? version, CancellationToken cancellationToken) => database.WriteAsync(
        session => WithAsync(session, actor, id, version, row => writer.DeleteAsync(session, actor, row)), cancellationToken);

    public Task<Outcome<JobRow>> SwitchAsync(JobActor actor, string id, bool enabled, CancellationToken cancellationToken) => database.WriteAsync(
        session => WithAsync(session, actor, id, version: null, async row => await writer.SwitchAsync(session, actor, row, enabled)), cancellationToken);

    public async Task<Outcome<TaskBulkResult>> SwitchManyAsync(JobActor actor, TaskSelection selection, bool enabled, CancellationToken cancellationToken)
    {
        if (selection.All == true == selection.Ids is not null || selection.Ids?.Count > MostIds || selection.Ids?.Any(static id => id is null) == true)
        {
            return Refusal.Invalid("ids", $"Give ids (at most {MostIds}), or all: true.");
        }

        var ids = selection.Ids?.Distinct(StringComparer.Ordinal).ToList() ?? await database.ReadAsync(session => TaskStore.ListIdsAsync(session, actor.Tenant), cancellationToken);
        var (changed, unchanged, missing) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var batch in ids.Chunk(Batch))
        {
            await database.WriteAsync(
                async session =>
                {
                    foreach (var id in batch)
                    {
                        var row = await TaskStore.LockAsync(session, actor.Tenant, id);
                        var list = row is null ? missing : row.Source == JobRow.SourceFile || row.Enabled == enabled ? unchanged : changed;
                        if (list == changed)
                        {
                            await writer.SwitchAsync(session, actor, row!, enabled);
                        }

                        session.OnCommitted(() => list.Add(id));
                    }
                },
                cancellationToken);
        }

        return new TaskBulkResult(changed, unchanged, missing);
    }

    /// <summary>Somebody else may take the name between the look and the write; the database is the judge.</summary>
    private async Task<Outcome<JobRow>> NamingAsync(string name, Func<ControlSession, Task<Outcome<JobRow>>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync(work, cancellationToken);
        }
        catch (DbException exception) when (database.Dialect.IsUniqueViolation(exception))
        {
            return TaskRefusals.NameTaken(name);
        }
    }

    private static async Task<Outcome<JobRow>> WithAsync(ControlSession session, JobActor actor, string id, long? version, Func<JobRow, Task<Outcome<JobRow>>> change)
    {
        if (await TaskStore.LockAsync(session, actor.Tenant, id) is not { } row)
        {
            return TaskRefusals.NotFound;
        }

        if (row.Source == JobRow.SourceFile)
        {
            return TaskRefusals.OfFile(row.FilePath);
        }

        return version is { } seen && seen != row.Version ? TaskRefusals.VersionChanged(row.Version) : await change(row);
    }
}
