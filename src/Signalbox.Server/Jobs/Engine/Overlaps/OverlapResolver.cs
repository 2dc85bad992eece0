using Signalbox.Server.Jobs.Engine.Live;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Overlaps;

/// <summary>Decides about executions that are due while another one of their concurrency key runs: some wait, some are skipped, some end the other.</summary>
/// <remarks>It looks only from running executions to those that wait behind them, so a long queue of others costs nothing.</remarks>
internal sealed class OverlapResolver(EngineSignals signals, EngineReport report)
{
    private const string Replaced = "replaced";
    private const string Overlap = "overlap";
    private const string QueueFull = "queueFull";
    private const int MostAtOnce = 1000;

    /// <summary>What waits behind a running execution and needs a decision. A retry is never skipped: its fire has begun already.</summary>
    private static string Behind(IControlDialect dialect) => $"""
        SELECT b.id, b.overlap, b.running_id, b.place, b.replacing, b.asked
        FROM (
            SELECT w.id, w.overlap, w.queue_limit, w.attempt, r.id AS running_id,
                   CASE WHEN r.cancel_requested_at_ms IS NULL THEN 0 ELSE 1 END AS asked,
                   row_number() OVER (PARTITION BY w.concurrency_key ORDER BY w.due_at_ms, w.id) AS place,
                   {dialect.WholeNumber("sum(CASE WHEN w.overlap = 'replace' THEN 1 ELSE 0 END) OVER (PARTITION BY w.concurrency_key ORDER BY w.due_at_ms DESC, w.id DESC)")} AS replacing
            FROM job_live r JOIN job_live w ON w.concurrency_key = r.running_key
            WHERE r.state = 'running' AND r.running_key IS NOT NULL AND w.state = 'scheduled' AND w.overlap <> 'allow' AND w.due_at_ms <= {dialect.NowMs}
        ) AS b
        WHERE (b.overlap = 'forbid' AND b.attempt = 0) OR (b.overlap = 'queue' AND b.attempt = 0 AND b.place > b.queue_limit)
           OR (b.overlap = 'replace' AND ((b.asked = 0 AND b.replacing = 1) OR (b.attempt = 0 AND b.replacing > 1)))
        LIMIT {MostAtOnce}
        """;

    /// <returns>Whether something was decided.</returns>
    public async Task<bool> ResolveAsync(ControlDatabase database, CancellationToken cancellationToken)
    {
        var behind = await database.AskAsync(static session => session.ListAsync<BehindRow>(Behind(session.Dialect)), cancellationToken);
        if (behind.Count == 0)
        {
            return false;
        }

        var replaced = behind.Where(static row => row.Overlap == "replace" && row.Replacing == 1 && !row.Asked).Select(static row => row.RunningId).ToList();
        var skipped = await database.WriteAsync(
            async session =>
            {
                var overlapping = await SkipAsync(session, behind, "forbid", Overlap) + await SkipAsync(session, behind, "replace", Overlap);
                var beyondQueue = await SkipAsync(session, behind, "queue", QueueFull);
                await CancelStore.RequestAsync(session, replaced, Replaced);
                return (Overlapping: overlapping, BeyondQueue: beyondQueue);
            },
            repeatable: true,
            cancellationToken);
        replaced.ForEach(id => signals.CancelRequested(id, Replaced));
        Count(Overlap, skipped.Overlapping);
        Count(QueueFull, skipped.BeyondQueue);
        return true;
    }

    private void Count(string reason, int skipped)
    {
        if (skipped > 0)
        {
            report.Metrics.WithoutRun("skipped", reason, skipped);
        }
    }

    private static async Task<int> SkipAsync(ControlSession session, IReadOnlyList<BehindRow> behind, string overlap, string reason)
    {
        var ids = behind.Where(row => row.Overlap == overlap && (overlap != "replace" || row.Replacing > 1)).Select(static row => row.Id).ToList();
        return ids.Count == 0
            ? 0
            : (await SkipStore.SkipAsync(session, ids, "EXISTS (SELECT 1 FROM job_live r WHERE r.running_key = l.concurrency_key)", reason, keepFires: false)).Count;
    }

    /// <summary>One execution that waits behind a running one.</summary>
    private sealed record BehindRow
    {
        public required string Id { get; init; }

        public required string Overlap { get; init; }

        public required string RunningId { get; init; }

        /// <summary>From 1, in the order in which they became due.</summary>
        public required long Place { get; init; }

        /// <summary>How many that replace are due at its time or later, itself included.</summary>
        public required long Replacing { get; init; }

        /// <summary>The running one was asked to end already.</summary>
        public required bool Asked { get; init; }
    }
}
