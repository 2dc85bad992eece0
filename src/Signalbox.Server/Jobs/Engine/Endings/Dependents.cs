using System.Text.Json;
using Signalbox.Server.Jobs.Engine.Catalogue;
using Signalbox.Server.Jobs.Engine.Live;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Endings;

/// <summary>Makes the executions of jobs that run after others.</summary>
internal sealed class Dependents(JobCatalogue catalogue, LiveRows rows)
{
    /// <summary>Adds, in the transaction in which executions end, one execution for each enabled job that waits for such an end.</summary>
    /// <remarks>The trigger key is the id of the execution that ended: none is ever made twice.</remarks>
    /// <returns>How many were added.</returns>
    public async Task<int> AddAsync(ControlSession session, IReadOnlyList<FinishedRun> finished, long nowMs)
    {
        var records = await session.ListAsync<DependentRecord>(
            $"""
            SELECT j.after_job_id, j.id, j.tenant, j.name, j.version, j.priority, j.overlap, j.queue_limit, j.concurrency_key, j.definition
            FROM jobs j WHERE j.enabled = 1 AND j.after_job_id IN (SELECT r.id FROM {session.Dialect.JsonRows("rows", "r", JsonColumn.Text("id"))})
            """,
            new { rows = JsonSerializer.Serialize([.. finished.Select(static run => run.JobId).Distinct(StringComparer.Ordinal).Select(static id => new IdRow { Id = id })], EngineJson.Default.ListIdRow) });
        var added = new List<LiveRow>();
        foreach (var record in records)
        {
            if (catalogue.Read(record.ToRecord()) is { } job)
            {
                added.AddRange(finished
                    .Where(run => run.JobId == record.AfterJobId && run.Tenant == record.Tenant && job.AfterStates.Contains(run.State, StringComparer.Ordinal))
                    .Select(run => rows.After(job, run.Id, nowMs)));
            }
        }

        return await LiveStore.InsertAsync(session, added);
    }

    /// <summary>A job and the one it runs after.</summary>
    private sealed record DependentRecord
    {
        public required string AfterJobId { get; init; }

        public required string Id { get; init; }

        public required string Tenant { get; init; }

        public required string Name { get; init; }

        public required long Version { get; init; }

        public required int Priority { get; init; }

        public required string Overlap { get; init; }

        public required int QueueLimit { get; init; }

        public required string ConcurrencyKey { get; init; }

        public required string Definition { get; init; }

        public JobRecord ToRecord() => new()
        {
            Id = Id,
            Tenant = Tenant,
            Name = Name,
            Version = Version,
            Priority = Priority,
            Overlap = Overlap,
            QueueLimit = QueueLimit,
            ConcurrencyKey = ConcurrencyKey,
            Definition = Definition,
        };
    }
}
