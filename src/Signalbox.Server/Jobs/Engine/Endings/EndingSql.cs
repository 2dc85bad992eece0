using System.Collections.Concurrent;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Endings;

/// <summary>The statements that write the ends of attempts, made once for each kind of database.</summary>
internal sealed class EndingSql
{
    private static readonly ConcurrentDictionary<ControlEngine, EndingSql> Made = new();

    private EndingSql(IControlDialect dialect)
    {
        var rows = dialect.JsonRows(
            "rows",
            "r",
            JsonColumn.Text("id"),
            JsonColumn.Text("end_state"),
            JsonColumn.Text("end_outcome"),
            JsonColumn.Integer("end_at_ms"),
            JsonColumn.Integer("next_at_ms"),
            JsonColumn.Integer("next_attempt"),
            JsonColumn.Integer("end_exit"),
            JsonColumn.Text("end_type"),
            JsonColumn.Text("end_message"),
            JsonColumn.Text("end_stack"),
            JsonColumn.Text("end_cause"),
            JsonColumn.Text("end_reason"),
            JsonColumn.Integer("end_bytes"),
            JsonColumn.Integer("end_cut"));
        var ids = dialect.JsonRows("rows", "r", JsonColumn.Text("id"));

        Lock = $"""
            SELECT l.id, l.fence, l.state, l.tenant, l.job_id, l.job_name, l.requested_by, l.trace_id, l.trigger_kind, l.due_at_ms, l.attempt, l.started_at_ms, l.lease_until_ms, l.fire_outcome, l.cancel_reason,
                   CASE WHEN EXISTS (SELECT 1 FROM jobs d WHERE d.after_job_id = l.job_id AND d.enabled = 1) THEN 1 ELSE 0 END AS has_dependents,
                   {dialect.NowMs} AS now_ms
            FROM job_live l WHERE l.id IN (SELECT r.id FROM {ids}) ORDER BY l.id {dialect.ForUpdate}
            """;
        History = $"""
            INSERT INTO job_history (id, tenant, job_id, job_name, job_version, trigger_kind, trigger_key, nominal_at_ms, due_at_ms, state, fire_outcome, priority,
                attempt, fence, owner, started_at_ms, finished_at_ms, cancel_requested_at_ms, cancel_reason, trace_id, requested_by, arguments,
                exit_code, error_type, error_message, error_stack, cause, output_bytes, output_cut)
            SELECT l.id, l.tenant, l.job_id, l.job_name, l.job_version, l.trigger_kind, l.trigger_key, l.nominal_at_ms, l.due_at_ms, r.end_state, r.end_outcome, l.priority,
                l.attempt, l.fence, l.owner, l.started_at_ms, r.end_at_ms, l.cancel_requested_at_ms, COALESCE(r.end_reason, l.cancel_reason), l.trace_id, l.requested_by, l.arguments,
                r.end_exit, r.end_type, r.end_message, r.end_stack, r.end_cause, r.end_bytes, r.end_cut
            FROM {rows} JOIN job_live l ON l.id = r.id
            """;
        Delete = RowsById.Delete(dialect, "job_live", "id");
        Attempts = $"""
            INSERT INTO job_attempts (execution_id, attempt, fence, owner, started_at_ms, finished_at_ms, state, exit_code, error_type, error_message, error_stack)
            SELECT l.id, l.attempt, l.fence, l.owner, l.started_at_ms, r.end_at_ms, r.end_state, r.end_exit, r.end_type, r.end_message, r.end_stack
            FROM {rows} JOIN job_live l ON l.id = r.id
            """;

        // The fence grows, so that whoever held the old one is refused whatever state the row is in.
        Again = dialect.UpdateFrom(
            "job_live",
            rows,
            "job_live.id = r.id",
            "state = 'scheduled', running_key = NULL, owner = NULL, lease_until_ms = NULL, started_at_ms = NULL, fence = job_live.fence + 1, "
                + "attempt = r.next_attempt, due_at_ms = r.next_at_ms, fire_outcome = r.end_outcome, changed_at_ms = r.end_at_ms");
        Known = $"""
            SELECT h.id FROM job_history h JOIN {dialect.JsonRows("keys", "k", JsonColumn.Text("id"), JsonColumn.Integer("fence"))} ON k.id = h.id WHERE h.fence = k.fence
            UNION
            SELECT a.execution_id FROM job_attempts a JOIN {dialect.JsonRows("keys", "k", JsonColumn.Text("id"), JsonColumn.Integer("fence"))} ON k.id = a.execution_id WHERE a.fence = k.fence
            """;
    }

    /// <summary>Reads and locks the rows, in the order of their ids.</summary>
    public string Lock { get; }

    /// <summary>Copies rows that are over into the history.</summary>
    public string History { get; }

    public string Delete { get; }

    /// <summary>Keeps attempts that are followed by another.</summary>
    public string Attempts { get; }

    /// <summary>Lets rows wait again.</summary>
    public string Again { get; }

    /// <summary>Which of some endings are in the database already.</summary>
    public string Known { get; }

    public static EndingSql For(IControlDialect dialect) => Made.GetOrAdd(dialect.Engine, static (_, given) => new EndingSql(given), dialect);
}
