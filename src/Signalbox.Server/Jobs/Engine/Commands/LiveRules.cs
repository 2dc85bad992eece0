using Signalbox.Scheduling;
using Signalbox.Server.Jobs.Engine.Catalogue;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Commands;

/// <summary>Lets the executions that are under way go by their job's rules as they are now.</summary>
internal static class LiveRules
{
    /// <summary>A run by hand keeps its leave to ignore overlap.</summary>
    private const string Bound = "NOT (trigger_kind = 'manual' AND overlap = 'allow')";

    public static async Task ApplyAsync(ControlSession session, EngineJob job)
    {
        if (job.Overlap.Mode != OverlapMode.Allow)
        {
            await HoldKeyAsync(session, job);
        }

        // Those that run, too: they may have to wait again.
        await session.ExecuteAsync(
            $"""
            UPDATE job_live SET overlap = CASE WHEN {Bound} THEN @overlap ELSE overlap END, job_name = @name, priority = @priority,
                queue_limit = @queueLimit, concurrency_key = @key
            WHERE job_id = @id
            """,
            new { id = job.Id, name = job.Name, priority = job.Priority, overlap = WireNames.Format(job.Overlap.Mode), queueLimit = job.Overlap.QueueLimit, key = job.ConcurrencyKey });
    }

    /// <summary>What runs under another key, or under none because overlap was allowed, takes the key: otherwise the next one would start beside it.</summary>
    /// <remarks>When another job of the group holds the key, the run goes on as it began, and the next one waits for that other job.</remarks>
    private static async Task HoldKeyAsync(ControlSession session, EngineJob job)
    {
        var running = await session.ListAsync<string>(
            $"SELECT id FROM job_live WHERE job_id = @id AND state = 'running' AND (running_key IS NULL OR running_key <> @key) AND {Bound} ORDER BY started_at_ms DESC, id DESC LIMIT 1",
            new { id = job.Id, key = job.ConcurrencyKey });
        if (running is [var latest] && await session.ValueAsync<long>("SELECT count(*) FROM job_live WHERE running_key = @key", new { key = job.ConcurrencyKey }) == 0)
        {
            await session.ExecuteAsync("UPDATE job_live SET running_key = @key WHERE id = @latest AND state = 'running'", new { latest, key = job.ConcurrencyKey });
        }
    }
}
