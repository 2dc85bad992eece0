using System.Text.Json;
using Signalbox.Server.Jobs.Engine.Accounts;
using Signalbox.Server.Jobs.Engine.Catalogue;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Retiring;

/// <summary>Deletes what is older than it is kept, a few rows a transaction, and adds old hours of statistics up to days.</summary>
internal static class RetireStore
{
    public const long DayMs = 24 * StatisticsBatch.HourMs;

    /// <summary>Hours of the statistics are kept apart so long.</summary>
    private const long HoursKeptMs = 8 * DayMs;

    /// <summary>Deletes the executions that ended before a time, with their output and attempts.</summary>
    /// <returns>How many executions.</returns>
    public static async Task<int> HistoryAsync(ControlSession session, long keptMs, int limit)
    {
        var ids = await session.ListAsync<IdRow>(
            $"SELECT id FROM job_history WHERE finished_at_ms < {session.Dialect.NowMs} - @keptMs ORDER BY finished_at_ms LIMIT @limit", new { keptMs, limit });
        if (ids.Count == 0)
        {
            return 0;
        }

        var rows = new { rows = JsonSerializer.Serialize([.. ids.OrderBy(static row => row.Id, StringComparer.Ordinal)], EngineJson.Default.ListIdRow) };
        await session.ExecuteAsync(RowsById.Delete(session.Dialect, "job_output", "execution_id"), rows);
        await session.ExecuteAsync(RowsById.Delete(session.Dialect, "job_attempts", "execution_id"), rows);
        return await session.ExecuteAsync(RowsById.Delete(session.Dialect, "job_history", "id"), rows);
    }

    /// <summary>Deletes records of fires without a run.</summary>
    public static Task<int> FiresAsync(ControlSession session, long keptMs, int limit) => OldestAsync(session, "job_fires", "recorded_at_ms", "1 = 1", keptMs, limit);

    public static Task<int> CausesAsync(ControlSession session, long keptMs, int limit) => OldestAsync(session, "job_causes", "hour_ms", "1 = 1", keptMs, limit);

    public static Task<int> DaysAsync(ControlSession session, long keptMs, int limit) => OldestAsync(session, "job_statistics", "start_ms", "span = 'day'", keptMs, limit);

    /// <summary>Deletes periods of schedules that ended, when all their fires are gone too.</summary>
    public static Task<int> SchedulesAsync(ControlSession session, long keptMs, int limit) => OldestAsync(session, "job_schedules", "until_ms", "until_ms IS NOT NULL", keptMs, limit);

    /// <summary>Adds the oldest hours up to a day, for some jobs.</summary>
    /// <returns>How many hours.</returns>
    public static async Task<int> HoursAsync(ControlSession session, int limit)
    {
        var dialect = session.Dialect;
        var before = await session.ValueAsync<long>($"SELECT {dialect.NowMs}") - HoursKeptMs;
        var oldest = await session.FindAsync<long?>("SELECT min(start_ms) FROM job_statistics WHERE span = 'hour'");
        if (oldest is not { } start || start - (start % DayMs) + DayMs > before)
        {
            return 0;
        }

        var day = start - (start % DayMs);
        var jobs = await session.ListAsync<IdRow>(
            "SELECT DISTINCT job_id AS id FROM job_statistics WHERE span = 'hour' AND start_ms >= @day AND start_ms < @end ORDER BY job_id LIMIT @limit",
            new { day, end = day + DayMs, limit });
        var parameters = new { day, end = day + DayMs, rows = JsonSerializer.Serialize([.. jobs], EngineJson.Default.ListIdRow) };
        var hours = $"s.span = 'hour' AND s.start_ms >= @day AND s.start_ms < @end AND s.job_id IN (SELECT r.id FROM {dialect.JsonRows("rows", "r", JsonColumn.Text("id"))})";

        // Locked first: another instance that does the same waits here, and then finds nothing left to add.
        await session.ListAsync<string>($"SELECT s.job_id FROM job_statistics s WHERE {hours} ORDER BY s.job_id, s.start_ms {dialect.ForUpdate}", parameters);
        var summed = StatisticsColumns.Summed;
        await session.ExecuteAsync(
            dialect.Upsert(
                $"""
                job_statistics (job_id, span, start_ms, tenant, max_ms, {string.Join(", ", summed)})
                SELECT s.job_id, 'day', @day, max(s.tenant), max(s.max_ms), {string.Join(", ", summed.Select(column => dialect.WholeNumber($"sum(s.{column})")))}
                FROM job_statistics s WHERE {hours} GROUP BY s.job_id
                """,
                "job_id, span, start_ms",
                $"max_ms = {dialect.Greatest("job_statistics.max_ms", "excluded.max_ms")}, {string.Join(", ", summed.Select(static column => $"{column} = job_statistics.{column} + excluded.{column}"))}"),
            parameters);
        return await session.ExecuteAsync(
            $"DELETE FROM job_statistics WHERE span = 'hour' AND start_ms >= @day AND start_ms < @end AND job_id IN (SELECT r.id FROM {dialect.JsonRows("rows", "r", JsonColumn.Text("id"))})",
            parameters);
    }

    /// <summary>Deletes the oldest rows of a table, about as many as the limit: all that share the last one's time go with it.</summary>
    private static async Task<int> OldestAsync(ControlSession session, string table, string time, string condition, long keptMs, int limit)
    {
        var before = await session.ValueAsync<long>($"SELECT {session.Dialect.NowMs}") - keptMs;
        var last = await session.FindAsync<long?>(
            $"SELECT {time} FROM {table} WHERE {condition} AND {time} < @before ORDER BY {time} LIMIT 1 OFFSET @offset", new { before, offset = limit - 1 });
        return await session.ExecuteAsync($"DELETE FROM {table} WHERE {condition} AND {time} <= @last", new { last = last ?? (before - 1) });
    }
}
