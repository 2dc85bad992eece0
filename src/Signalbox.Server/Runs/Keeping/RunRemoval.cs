using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;
using Signalbox.Server.Platform.Live;
using Signalbox.Server.Runs.Files;
using Signalbox.Server.Runs.News;
using Signalbox.Server.Runs.Reports;

namespace Signalbox.Server.Runs.Keeping;

/// <summary>Deletes runs; what their files hold is let go of, and deleted a few rows at a time afterwards.</summary>
internal sealed class RunRemoval(ControlDatabase database, IAuditTrail audit, RunsMetrics metrics, LiveHub hub)
{
    public async Task<Outcome<string>> DeleteAsync(RunCaller caller, string id, CancellationToken cancellationToken)
    {
        var isGone = await database.WriteAsync(
            async session =>
            {
                if (await RunStore.LockAsync(session, caller.Tenant, id) is not { } run)
                {
                    return false;
                }

                await DeleteAsync(session, run.RunKey, run.ReportId);
                await SpaceStore.ReturnAsync(session, caller.Tenant, 1, run.SizeBytes);
                await audit.RecordAsync(session, caller.Event(RunsVocabulary.RunDelete, id));
                return true;
            },
            cancellationToken);
        if (!isGone)
        {
            return RunsRefusals.RunNotFound;
        }

        metrics.Deleted(1, "request");
        RunsLiveSource.TellDeleted(hub, caller.Tenant, id);
        return id;
    }

    /// <summary>Deletes runs that were last reported before a time.</summary>
    /// <returns>How many there were, at most <paramref name="limit"/>.</returns>
    public async Task<int> DeleteOldAsync(TimeSpan kept, int limit, CancellationToken cancellationToken) => await database.WriteAsync(
        async session =>
        {
            var old = await session.ListAsync<OldRun>(
                $"SELECT tenant, run_key, report_id, size_bytes FROM runs WHERE updated_at_ms < {session.Dialect.NowMs} - @keptMs ORDER BY updated_at_ms LIMIT @limit {session.Dialect.ForUpdate}", new { keptMs = (long)kept.TotalMilliseconds, limit });
            foreach (var run in old)
            {
                await DeleteAsync(session, run.RunKey, run.ReportId);
            }

            // In the order of their names, so that no two wait for each other.
            foreach (var gone in old.GroupBy(static run => run.Tenant, StringComparer.Ordinal).OrderBy(static gone => gone.Key, StringComparer.Ordinal))
            {
                await SpaceStore.ReturnAsync(session, gone.Key, gone.Count(), gone.Sum(static run => run.SizeBytes));
            }

            return old.Count;
        },
        repeatable: true,
        cancellationToken);

    private static async Task DeleteAsync(ControlSession session, string runKey, string reportId)
    {
        await ContentStore.ForgetAsync(session, reportId);
        await session.ExecuteAsync($"{session.Dialect.InsertIgnore("run_garbage (content_id) SELECT content_id FROM run_files WHERE run_key = @runKey")}", new { runKey });
        foreach (var table in (string[])["run_files", "run_usage", "runs"])
        {
            await session.ExecuteAsync($"DELETE FROM {table} WHERE run_key = @runKey", new { runKey });
        }
    }

    /// <summary>A run whose time is over.</summary>
    private sealed record OldRun
    {
        public required string Tenant { get; init; }

        public required string RunKey { get; init; }

        public required string ReportId { get; init; }

        public required long SizeBytes { get; init; }
    }
}
