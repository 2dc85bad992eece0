using System.Text.Json;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Live;

/// <summary>Puts executions into the table of those that wait or run.</summary>
internal static class LiveStore
{
    /// <summary>Adds executions that have never been: one whose job and trigger key are in the table or in the history already is left out.</summary>
    /// <returns>How many were added.</returns>
    public static Task<int> InsertAsync(ControlSession session, List<LiveRow> rows)
    {
        if (rows.Count == 0)
        {
            return Task.FromResult(0);
        }

        var dialect = session.Dialect;
        var source = dialect.JsonRows(
            "rows",
            "r",
            JsonColumn.Text("id"),
            JsonColumn.Text("tenant"),
            JsonColumn.Text("job_id"),
            JsonColumn.Text("job_name"),
            JsonColumn.Integer("job_version"),
            JsonColumn.Text("trigger_kind"),
            JsonColumn.Text("trigger_key"),
            JsonColumn.Integer("nominal_at_ms"),
            JsonColumn.Integer("due_at_ms"),
            JsonColumn.Integer("priority"),
            JsonColumn.Text("overlap"),
            JsonColumn.Integer("queue_limit"),
            JsonColumn.Text("concurrency_key"),
            JsonColumn.Text("trace_id"),
            JsonColumn.Text("requested_by"),
            JsonColumn.Text("arguments"));
        return session.ExecuteAsync(
            dialect.InsertIgnore(
                $"""
                job_live (id, tenant, job_id, job_name, job_version, trigger_kind, trigger_key, nominal_at_ms, due_at_ms, state, priority, overlap, queue_limit,
                    concurrency_key, attempt, fence, trace_id, requested_by, arguments, changed_at_ms)
                SELECT r.id, r.tenant, r.job_id, r.job_name, r.job_version, r.trigger_kind, r.trigger_key, r.nominal_at_ms, r.due_at_ms, 'scheduled', r.priority, r.overlap,
                    r.queue_limit, r.concurrency_key, 0, 0, r.trace_id, r.requested_by, r.arguments, {dialect.NowMs}
                FROM {source} WHERE NOT EXISTS (SELECT 1 FROM job_history h WHERE h.job_id = r.job_id AND h.trigger_key = r.trigger_key)
                """),
            new { rows = JsonSerializer.Serialize(rows, EngineJson.Default.ListLiveRow) });
    }
}
