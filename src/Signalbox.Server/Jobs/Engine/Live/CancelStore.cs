using System.Text.Json;
using Signalbox.Server.Jobs.Engine.Catalogue;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Live;

/// <summary>Asks running executions to end; their owners see it with the next sign of life.</summary>
internal static class CancelStore
{
    /// <summary>The first request stands.</summary>
    /// <returns>How many were asked now.</returns>
    public static Task<int> RequestAsync(ControlSession session, IReadOnlyList<string> ids, string reason) => ids.Count == 0
        ? Task.FromResult(0)
        : session.ExecuteAsync(
            session.Dialect.UpdateFrom(
                "job_live",
                session.Dialect.JsonRows("rows", "r", JsonColumn.Text("id")),
                "job_live.id = r.id AND job_live.state = 'running' AND job_live.cancel_requested_at_ms IS NULL",
                $"cancel_requested_at_ms = {session.Dialect.NowMs}, cancel_reason = @reason"),
            new { reason, rows = JsonSerializer.Serialize([.. ids.Select(static id => new IdRow { Id = id })], EngineJson.Default.ListIdRow) });
}
