using System.Text.Json;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Live;

/// <summary>Records nominal fires that got no run.</summary>
internal static class FireStore
{
    /// <summary>Adds records; a fire that has one already keeps it.</summary>
    /// <returns>How many were added.</returns>
    public static Task<int> InsertAsync(ControlSession session, List<FireRow> fires)
    {
        var dialect = session.Dialect;
        var rows = dialect.JsonRows(
            "rows",
            "r",
            JsonColumn.Text("job_id"),
            JsonColumn.Integer("nominal_at_ms"),
            JsonColumn.Text("tenant"),
            JsonColumn.Text("outcome"),
            JsonColumn.Text("reason"),
            JsonColumn.Integer("count"),
            JsonColumn.Text("execution_id"));
        return fires.Count == 0
            ? Task.FromResult(0)
            : session.ExecuteAsync(
                dialect.InsertIgnore(
                    "job_fires (job_id, nominal_at_ms, tenant, outcome, reason, count, execution_id, recorded_at_ms) "
                    + $"SELECT r.job_id, r.nominal_at_ms, r.tenant, r.outcome, r.reason, r.count, r.execution_id, {dialect.NowMs} FROM {rows} WHERE TRUE"),
                new { rows = JsonSerializer.Serialize(fires, EngineJson.Default.ListFireRow) });
    }
}

/// <summary>A fire without a run.</summary>
internal sealed record FireRow
{
    public required string JobId { get; init; }

    public required long NominalAtMs { get; init; }

    public required string Tenant { get; init; }

    /// <summary><c>coalesced</c>, <c>skipped</c> or <c>missed</c>.</summary>
    public required string Outcome { get; init; }

    public string? Reason { get; init; }

    /// <summary>More than 1 when it stands for several consecutive fires from its nominal time on.</summary>
    public required long Count { get; init; }

    /// <summary>The execution that ran for it, or that was cancelled before it started.</summary>
    public string? ExecutionId { get; init; }
}
