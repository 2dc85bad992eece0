using System.Globalization;
using Signalbox.Server.Jobs.Engine;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Tests.Jobs.History;

/// <summary>Writes jobs, executions and statistics as the engine would.</summary>
internal static class HistorySeed
{
    /// <summary>2026-03-04T00:00:00Z.</summary>
    public const long Day = 1_772_582_400_000;

    public const long Hour = 3_600_000;

    /// <summary>For tests with a whole server, which clears away what is old.</summary>
    public static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public static Task JobAsync(ControlDatabase database, string id, CancellationToken cancellationToken, string? name = null) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            INSERT INTO jobs (id, tenant, name, version, enabled, source, definition, kind, priority, overlap, queue_limit, concurrency_key, reconciled_until_ms, created_at_ms, created_by, updated_at_ms, updated_by)
            VALUES (@id, @tenant, @name, 1, @enabled, 'api', @definition, 'command', 0, 'forbid', 0, @id, 0, 0, 'me', 0, 'me')
            """,
            new { id, tenant = "default", name = name ?? id, enabled = true, definition = $$$"""{"name":"{{{name ?? id}}}","command":{"file":"/bin/true"},"retry":{"attempts":3}}""" }),
        cancellationToken);

    public static Task EndedAsync(ControlDatabase database, EndedSeed run, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync(
            """
            INSERT INTO job_history (id, tenant, job_id, job_name, job_version, trigger_kind, trigger_key, nominal_at_ms, due_at_ms, state, fire_outcome, priority, attempt, fence, owner, started_at_ms,
                finished_at_ms, trace_id, error_type, error_message, error_stack, cause, output_bytes, output_cut)
            VALUES (@Id, @Tenant, @JobId, @JobId, 1, @Trigger, @Id, @NominalMs, @NominalMs, @State, @FireOutcome, 0, 1, 7, @Owner, @StartedMs, @FinishedMs, 'trace', @ErrorType, 'went wrong', 'at X', @ErrorType, 0, @Cut)
            """,
            run),
        cancellationToken);

    public static Task LiveAsync(ControlDatabase database, string id, string job, string state, long dueMs, CancellationToken cancellationToken, string tenant = "default") => database.WriteAsync(
        session => session.ExecuteAsync(
            $"""
            INSERT INTO job_live (id, tenant, job_id, job_name, job_version, trigger_kind, trigger_key, nominal_at_ms, due_at_ms, state, priority, overlap, queue_limit, concurrency_key, attempt, fence, owner,
                lease_until_ms, started_at_ms, trace_id, changed_at_ms)
            VALUES (@id, @tenant, @job, @job, 1, 'schedule', @id, @dueMs, @dueMs, @state, 0, 'forbid', 0, @job, @attempt, 9, @owner, @lease, @started, 'trace', {session.Dialect.NowMs})
            """,
            new { id, tenant, job, state, dueMs, attempt = state == "running" ? 1 : 0, owner = state == "running" ? "box-1" : null, lease = state == "running" ? dueMs + 30_000 : (long?)null, started = state == "running" ? dueMs : (long?)null }),
        cancellationToken);

    public static Task FireAsync(ControlDatabase database, string job, long nominalMs, string outcome, string? reason, CancellationToken cancellationToken, string tenant = "default") => database.WriteAsync(
        session => session.ExecuteAsync(
            "INSERT INTO job_fires (job_id, nominal_at_ms, tenant, outcome, reason, count, recorded_at_ms) VALUES (@job, @nominalMs, @tenant, @outcome, @reason, 1, @nominalMs)",
            new { job, nominalMs, tenant, outcome, reason }),
        cancellationToken);

    /// <param name="durations">Of the runs that succeeded, in milliseconds.</param>
    public static Task StatisticsAsync(ControlDatabase database, string job, string span, long startMs, long[] durations, int failed, CancellationToken cancellationToken, string tenant = "default")
    {
        var buckets = new long[DurationBuckets.Count];
        foreach (var duration in durations)
        {
            buckets[DurationBuckets.Of(duration) - 1]++;
        }

        var values = string.Join(", ", buckets.Select(static count => count.ToString(CultureInfo.InvariantCulture)));
        return database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync(
                    $"""
                    INSERT INTO job_statistics (job_id, span, start_ms, tenant, succeeded, failed, timed_out, cancelled, abandoned, lost, late, coalesced, skipped, missed, sum_ms, max_ms, {string.Join(", ", DurationBuckets.Columns)})
                    VALUES (@job, @span, @startMs, @tenant, @succeeded, @failed, 0, 0, 0, 0, 1, 2, 3, 4, @sum, @max, {values})
                    """,
                    new { job, span, startMs, tenant, succeeded = durations.Length, failed, sum = durations.Sum(), max = durations.DefaultIfEmpty().Max() });
                await session.ExecuteAsync(
                    "INSERT INTO job_causes (job_id, hour_ms, cause, tenant, count) VALUES (@job, @startMs, 'exit code 2', @tenant, @failed)", new { job, startMs, tenant, failed });
            },
            cancellationToken);
    }
}

/// <summary>An execution that ended.</summary>
internal sealed record EndedSeed(string Id, string JobId, long FinishedMs)
{
    public string Tenant { get; init; } = "default";

    public string State { get; init; } = "succeeded";

    public string Trigger { get; init; } = "schedule";

    public string Owner { get; init; } = "box-1";

    public string? FireOutcome { get; init; } = "ran";

    public long NominalMs => FinishedMs - 1000;

    public long StartedMs => FinishedMs - 500;

    public string? ErrorType => State == "succeeded" ? null : "exit_code";

    public bool Cut { get; init; }
}
