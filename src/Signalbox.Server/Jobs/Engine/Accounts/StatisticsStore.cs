using System.Collections.Concurrent;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Accounts;

/// <summary>Adds to the statistics of hours, in the transaction of what they count.</summary>
internal static class StatisticsStore
{
    private static readonly ConcurrentDictionary<ControlEngine, (string Hours, string Causes)> Made = new();

    public static async Task AddAsync(ControlSession session, StatisticsBatch batch)
    {
        if (batch.IsEmpty)
        {
            return;
        }

        var (hours, causes) = Made.GetOrAdd(session.Dialect.Engine, static (_, dialect) => (HoursSql(dialect), CausesSql(dialect)), session.Dialect);
        await session.ExecuteAsync(hours, new { rows = batch.HoursJson() });
        if (batch.HasCauses)
        {
            await session.ExecuteAsync(causes, new { rows = batch.CausesJson() });
        }
    }

    private static string HoursSql(IControlDialect dialect)
    {
        var summed = StatisticsColumns.Summed;
        var rows = dialect.JsonRows(
            "rows",
            "r",
            [JsonColumn.Text("job_id"), JsonColumn.Integer("start_ms"), JsonColumn.Text("tenant"), JsonColumn.Integer("max_ms"), .. summed.Select(JsonColumn.Integer)]);
        var columns = string.Join(", ", summed);
        return dialect.Upsert(
            $"job_statistics (job_id, span, start_ms, tenant, max_ms, {columns}) SELECT r.job_id, 'hour', r.start_ms, r.tenant, r.max_ms, {string.Join(", ", summed.Select(static column => $"r.{column}"))} FROM {rows} WHERE TRUE",
            "job_id, span, start_ms",
            $"max_ms = {dialect.Greatest("job_statistics.max_ms", "excluded.max_ms")}, {string.Join(", ", summed.Select(static column => $"{column} = job_statistics.{column} + excluded.{column}"))}");
    }

    private static string CausesSql(IControlDialect dialect)
    {
        var rows = dialect.JsonRows(
            "rows", "r", JsonColumn.Text("job_id"), JsonColumn.Integer("hour_ms"), JsonColumn.Text("cause"), JsonColumn.Text("tenant"), JsonColumn.Integer("count"));
        return dialect.Upsert(
            $"job_causes (job_id, hour_ms, cause, tenant, count) SELECT r.job_id, r.hour_ms, r.cause, r.tenant, r.count FROM {rows} WHERE TRUE",
            "job_id, hour_ms, cause",
            "count = job_causes.count + excluded.count");
    }
}
