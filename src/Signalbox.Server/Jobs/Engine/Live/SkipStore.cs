using System.Text.Json;
using Signalbox.Server.Jobs.Engine.Accounts;
using Signalbox.Server.Jobs.Engine.Catalogue;
using Signalbox.Server.Jobs.Engine.Endings;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Live;

/// <summary>Takes executions out of the queue that will not start: each leaves a record of what became of it.</summary>
internal static class SkipStore
{
    /// <summary>Ends waiting executions without a run. A fire that never started becomes skipped; what has another origin, or was tried before, ends as cancelled.</summary>
    /// <param name="ids">Those that no longer wait are left alone.</param>
    /// <param name="condition">Holds for each at the moment it is taken out, in SQL about <c>job_live l</c>.</param>
    /// <param name="reason">Of the fire that is skipped, and of the execution that is cancelled.</param>
    /// <param name="keepFires">Fires, too, are shown as cancelled executions, because somebody asked for it by the execution's id.</param>
    /// <returns>Ids of those that were taken out.</returns>
    public static async Task<IReadOnlyList<string>> SkipAsync(ControlSession session, IEnumerable<string> ids, string condition, string reason, bool keepFires)
    {
        var dialect = session.Dialect;
        var wanted = JsonSerializer.Serialize([.. ids.Select(static id => new IdRow { Id = id })], EngineJson.Default.ListIdRow);
        var rows = await session.ListAsync<SkippedRow>(
            $"""
            SELECT l.id, l.tenant, l.job_id, l.trigger_kind, l.nominal_at_ms, l.attempt, l.fire_outcome, {dialect.NowMs} AS now_ms
            FROM job_live l
            WHERE l.id IN (SELECT r.id FROM {dialect.JsonRows("rows", "r", JsonColumn.Text("id"))}) AND l.state = 'scheduled' AND {condition}
            ORDER BY l.id {dialect.ForUpdate}
            """,
            new { rows = wanted });
        if (rows.Count == 0)
        {
            return [];
        }

        var statistics = new StatisticsBatch();
        var fires = rows.Where(static row => row.IsFire).Select(row => row.ToFire(reason, keepFires)).ToList();
        foreach (var fire in fires)
        {
            statistics.AddFires(fire.JobId, fire.Tenant, "skipped", fire.NominalAtMs, 1);
        }

        await FireStore.InsertAsync(session, fires);
        await KeepAsync(session, [.. rows.Where(row => keepFires || !row.IsFire)], reason, statistics);
        await session.ExecuteAsync(
            EndingSql.For(dialect).Delete,
            new { rows = JsonSerializer.Serialize([.. rows.Select(static row => new IdRow { Id = row.Id })], EngineJson.Default.ListIdRow) });
        await StatisticsStore.AddAsync(session, statistics);
        return [.. rows.Select(static row => row.Id)];
    }

    private static async Task KeepAsync(ControlSession session, IReadOnlyList<SkippedRow> rows, string reason, StatisticsBatch statistics)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var ended = rows.Select(row => new EndingRow
        {
            Id = row.Id,
            EndState = "cancelled",
            EndOutcome = row.FireOutcome,
            EndAtMs = row.NowMs,
            NextAttempt = row.Attempt,
            EndReason = reason,
            EndCause = reason,
        }).ToList();
        await session.ExecuteAsync(EndingSql.For(session.Dialect).History, new { rows = JsonSerializer.Serialize(ended, EngineJson.Default.ListEndingRow) });
        foreach (var row in rows)
        {
            statistics.AddRun(row.JobId, row.Tenant, "cancelled", row.NowMs, durationMs: null, late: row.FireOutcome == FireOutcomes.Late, reason);
        }
    }

    /// <summary>An execution that is taken out.</summary>
    private sealed record SkippedRow
    {
        public required string Id { get; init; }

        public required string Tenant { get; init; }

        public required string JobId { get; init; }

        public required string TriggerKind { get; init; }

        public required long NominalAtMs { get; init; }

        public required int Attempt { get; init; }

        public string? FireOutcome { get; init; }

        public required long NowMs { get; init; }

        /// <summary>A nominal fire that never started.</summary>
        public bool IsFire => TriggerKind == "schedule" && Attempt == 0 && FireOutcome is null;

        public FireRow ToFire(string reason, bool kept) => new()
        {
            JobId = JobId,
            NominalAtMs = NominalAtMs,
            Tenant = Tenant,
            Outcome = "skipped",
            Reason = reason,
            Count = 1,
            ExecutionId = kept ? Id : null,
        };
    }
}
