using System.Text.Json;
using Signalbox.Server.Jobs.Engine.Live;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Accounts;

/// <summary>Reads what the comparison of plan and records needs, and writes what it found.</summary>
internal static class AccountStore
{
    /// <summary>How long after its time a fire is looked for: all clocks and loops have passed it by then.</summary>
    public const long SettleMs = 60_000;

    /// <summary>The jobs that have waited longest to be compared, each with the end of the window that can be compared now.</summary>
    public static Task<IReadOnlyList<AccountedJob>> DueAsync(ControlSession session, int limit) => session.ListAsync<AccountedJob>(
        $"""
        SELECT due.id, due.tenant, due.reconciled_until_ms, due.reconcile_at_ms, due.until_ms FROM (
            SELECT j.id, j.tenant, j.reconciled_until_ms, j.reconcile_at_ms,
                   CASE WHEN j.next_nominal_at_ms <= {session.Dialect.NowMs} - {SettleMs} THEN j.next_nominal_at_ms - 1 ELSE {session.Dialect.NowMs} - {SettleMs} END AS until_ms
            FROM jobs j
            WHERE j.reconcile_at_ms <= {session.Dialect.NowMs} AND j.reconciled_until_ms < {session.Dialect.NowMs} - {2 * SettleMs}
        ) AS due
        WHERE due.until_ms > due.reconciled_until_ms
        ORDER BY due.reconcile_at_ms, due.id LIMIT @limit
        """,
        new { limit });

    /// <summary>The schedules in force in the windows, and those that came into force since.</summary>
    public static Task<IReadOnlyList<PeriodRow>> PeriodsAsync(ControlSession session, IReadOnlyList<AccountedJob> jobs) => session.ListAsync<PeriodRow>(
        $"""
        SELECT s.job_id, s.job_name, s.schedule, s.from_ms, s.until_ms FROM {Windows(session)} JOIN job_schedules s ON s.job_id = r.id
        WHERE s.until_ms IS NULL OR s.until_ms > r.reconciled_until_ms ORDER BY s.job_id, s.from_ms
        """,
        Rows(jobs));

    /// <summary>Every record of a fire in the windows; a record of several fires, too, that begins before and was made since.</summary>
    public static Task<IReadOnlyList<RecordRow>> RecordsAsync(ControlSession session, IReadOnlyList<AccountedJob> jobs) => session.ListAsync<RecordRow>(
        $"""
        SELECT l.job_id, l.nominal_at_ms, 1 AS count FROM {Windows(session)} JOIN job_live l ON l.job_id = r.id
        WHERE l.trigger_kind = 'schedule' AND l.nominal_at_ms > r.reconciled_until_ms AND l.nominal_at_ms <= r.until_ms
        UNION ALL
        SELECT h.job_id, h.nominal_at_ms, 1 AS count FROM {Windows(session)} JOIN job_history h ON h.job_id = r.id
        WHERE h.trigger_kind = 'schedule' AND h.fire_outcome IS NOT NULL AND h.nominal_at_ms > r.reconciled_until_ms AND h.nominal_at_ms <= r.until_ms
        UNION ALL
        SELECT f.job_id, f.nominal_at_ms, f.count FROM {Windows(session)} JOIN job_fires f ON f.job_id = r.id
        WHERE f.nominal_at_ms > r.reconciled_until_ms AND f.nominal_at_ms <= r.until_ms
        UNION ALL
        SELECT f.job_id, f.nominal_at_ms, f.count FROM job_fires f JOIN {Windows(session)} ON r.id = f.job_id
        WHERE f.recorded_at_ms > @since AND f.count > 1 AND f.nominal_at_ms <= r.reconciled_until_ms AND f.recorded_at_ms > r.reconciled_until_ms
        """,
        new { since = jobs.Select(static job => job.ReconciledUntilMs).DefaultIfEmpty().Min(), rows = JsonOf(jobs) });

    /// <summary>Records missed fires and moves on, for each job where nobody else has moved on.</summary>
    /// <returns>Ids of the jobs that were moved on.</returns>
    public static async Task<HashSet<string>> WriteAsync(ControlSession session, IReadOnlyList<AccountedJob> jobs, IReadOnlyList<AccountFinding> findings)
    {
        // What somebody else is at waits for the next round.
        var marks = await session.ListAsync<AccountMark>(
            $"""
            SELECT j.id, j.reconciled_until_ms, j.reconcile_at_ms FROM jobs j WHERE j.id IN (SELECT r.id FROM {session.Dialect.JsonRows("rows", "r", JsonColumn.Text("id"))})
            ORDER BY j.id {session.Dialect.ForUpdateSkipLocked}
            """,
            Rows(jobs));
        var before = jobs.ToDictionary(static job => job.Id, static job => job.Mark, StringComparer.Ordinal);
        var mine = marks.Where(mark => before[mark.Id] == mark).Select(static mark => mark.Id).ToHashSet(StringComparer.Ordinal);
        var statistics = new StatisticsBatch();
        var fires = new List<FireRow>();
        foreach (var finding in findings.Where(finding => finding.Difference.MissedTotal > 0 && mine.Contains(finding.Job.Id)))
        {
            fires.AddRange(finding.ToFires());
            statistics.AddFires(finding.Job.Id, finding.Job.Tenant, "missed", finding.Difference.Missed[0].ToUnixTimeMilliseconds(), finding.Difference.MissedTotal);
        }

        await FireStore.InsertAsync(session, fires);
        await StatisticsStore.AddAsync(session, statistics);
        await session.ExecuteAsync(
            session.Dialect.UpdateFrom(
                "jobs",
                session.Dialect.JsonRows("rows", "r", JsonColumn.Text("id"), JsonColumn.Integer("until_ms"), JsonColumn.Integer("next_at_ms")),
                "jobs.id = r.id",
                "reconciled_until_ms = r.until_ms, reconcile_at_ms = r.next_at_ms"),
            Rows([.. jobs.Where(job => mine.Contains(job.Id))]));
        return mine;
    }

    private static string Windows(ControlSession session) =>
        session.Dialect.JsonRows("rows", "r", JsonColumn.Text("id"), JsonColumn.Integer("reconciled_until_ms"), JsonColumn.Integer("until_ms"));

    private static object Rows(IEnumerable<AccountedJob> jobs) => new { rows = JsonOf(jobs) };

    private static string JsonOf(IEnumerable<AccountedJob> jobs) => JsonSerializer.Serialize([.. jobs], EngineJson.Default.ListAccountedJob);
}
