using Signalbox.Server.Jobs.Engine;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.History;

/// <summary>Adds up statistics; never reads an execution.</summary>
internal static class StatisticsStore
{
    private static readonly string Sums =
        "sum(succeeded) AS succeeded, sum(failed) AS failed, sum(timed_out) AS timed_out, sum(cancelled) AS cancelled, sum(abandoned) AS abandoned, sum(lost) AS lost, " +
        "sum(late) AS late, sum(coalesced) AS coalesced, sum(skipped) AS skipped, sum(missed) AS missed, sum(sum_ms) AS sum_ms, max(max_ms) AS max_ms, " +
        string.Join(", ", DurationBuckets.Columns.Select(static column => $"sum({column}) AS {column}"));

    /// <summary>Sums of the hours and days of a period.</summary>
    /// <param name="jobId">Null for all jobs of the tenant.</param>
    /// <param name="byJob">One row a job, otherwise one in all; with <paramref name="byStart"/> one a kept period.</param>
    public static async Task<IReadOnlyList<StatisticsSum>> ListAsync(ControlSession session, string tenant, string? jobId, StatisticsPeriod period, bool byJob, bool byStart)
    {
        var keys = byJob ? "job_id" : byStart ? "span, start_ms" : null;
        var which = jobId is null ? "tenant = @tenant" : "job_id = @jobId AND coalesce(tenant, '') = @tenant";
        var rows = await session.ListAsync<object>(
            $"""
            SELECT {(keys is null ? string.Empty : keys + ", ")}{Sums} FROM job_statistics
            WHERE {which} AND ((span = 'hour' AND start_ms >= @fromMs AND start_ms < @toMs) OR (span = 'day' AND start_ms >= @fromDayMs AND start_ms < @toMs))
            {(keys is null ? string.Empty : $"GROUP BY {keys} ORDER BY {keys}")}
            """,
            new { tenant, jobId, fromMs = period.FromMs, fromDayMs = period.FromDayMs, toMs = period.ToMs });
        return [.. rows.Cast<IDictionary<string, object?>>().Select(StatisticsSum.Of)];
    }

    public static Task<IReadOnlyList<CauseSum>> ListCausesAsync(ControlSession session, string tenant, string? jobId, StatisticsPeriod period, bool byJob) => session.ListAsync<CauseSum>(
        $"""
        SELECT {(byJob ? "job_id, " : string.Empty)}cause, sum(count) AS count FROM job_causes
        WHERE {(jobId is null ? "tenant = @tenant" : "job_id = @jobId AND coalesce(tenant, '') = @tenant")} AND hour_ms >= @fromMs AND hour_ms < @toMs
        GROUP BY {(byJob ? "job_id, " : string.Empty)}cause ORDER BY count DESC, cause
        """,
        new { tenant, jobId, fromMs = period.FromMs, toMs = period.ToMs });

    /// <summary>Whether a period reaches into the time of which only days are kept.</summary>
    public static async Task<bool> HasDaysAsync(ControlSession session, string tenant, string? jobId, long fromDayMs, long toMs) => await session.FindAsync<long?>(
        $"SELECT start_ms FROM job_statistics WHERE {(jobId is null ? "tenant = @tenant" : "job_id = @jobId AND coalesce(tenant, '') = @tenant")} AND span = 'day' AND start_ms >= @fromDayMs AND start_ms < @toMs LIMIT 1",
        new { tenant, jobId, fromDayMs, toMs }) is not null;
}
