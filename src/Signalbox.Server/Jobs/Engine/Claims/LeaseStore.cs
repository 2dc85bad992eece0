using System.Text.Json;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Claims;

/// <summary>Keeps the leases of running executions, and tells which of them are asked to end.</summary>
internal static class LeaseStore
{
    /// <summary>Renews the leases that are still this instance's.</summary>
    /// <returns>Those that were renewed; what is missing was lost.</returns>
    public static async Task<IReadOnlyList<HeldLease>> RenewAsync(ControlSession session, string owner, TimeSpan lease, IEnumerable<LeaseKey> keys)
    {
        var dialect = session.Dialect;
        var rows = dialect.JsonRows("rows", "r", JsonColumn.Text("id"), JsonColumn.Integer("fence"));
        var parameters = new
        {
            owner,
            lease = (long)lease.TotalMilliseconds,
            rows = JsonSerializer.Serialize(keys.OrderBy(static key => key.Id, StringComparer.Ordinal).ToList(), EngineJson.Default.ListLeaseKey),
        };
        var held = $"SELECT l.id, l.fence, l.cancel_reason FROM job_live l JOIN {rows} ON r.id = l.id WHERE l.fence = r.fence AND l.owner = @owner AND l.state = 'running'";
        return dialect.Engine switch
        {
            // The rows are locked in the order of their ids, as completions lock them, so that neither waits for the other in a circle.
            ControlEngine.PostgreSql => await session.ListAsync<HeldLease>(
                $"""
                WITH held AS MATERIALIZED ({held} ORDER BY l.id FOR UPDATE OF l)
                UPDATE job_live AS l SET lease_until_ms = {dialect.NowMs} + @lease FROM held WHERE l.id = held.id
                RETURNING l.id, l.fence, l.cancel_reason
                """,
                parameters),
            ControlEngine.MySql => await session.ListAsync<HeldLease>(
                $"""
                UPDATE job_live l JOIN {rows} ON r.id = l.id SET l.lease_until_ms = {dialect.NowMs} + @lease
                WHERE l.fence = r.fence AND l.owner = @owner AND l.state = 'running';
                {held}
                """,
                parameters),
            _ => await session.ListAsync<HeldLease>(
                $"""
                UPDATE job_live AS l SET lease_until_ms = {dialect.NowMs} + @lease FROM {rows}
                WHERE l.id = r.id AND l.fence = r.fence AND l.owner = @owner AND l.state = 'running'
                RETURNING id, fence, cancel_reason
                """,
                parameters),
        };
    }

    /// <summary>The running executions of this instance that somebody asked to end.</summary>
    public static Task<IReadOnlyList<HeldLease>> CancelRequestsAsync(ControlSession session, string owner) => session.ListAsync<HeldLease>(
        "SELECT id, fence, cancel_reason FROM job_live WHERE state = 'running' AND owner = @owner AND cancel_requested_at_ms IS NOT NULL",
        new { owner });

    /// <summary>All running executions of this instance.</summary>
    public static Task<IReadOnlyList<LeaseKey>> OwnedAsync(ControlSession session, string owner) =>
        session.ListAsync<LeaseKey>("SELECT id, fence FROM job_live WHERE state = 'running' AND owner = @owner", new { owner });
}

/// <summary>One execution and the fence under which it was claimed.</summary>
internal sealed record LeaseKey
{
    public required string Id { get; init; }

    public required long Fence { get; init; }
}

/// <summary>A lease that is still this instance's.</summary>
internal sealed record HeldLease
{
    public required string Id { get; init; }

    public required long Fence { get; init; }

    /// <summary>Null while nobody asked the execution to end.</summary>
    public string? CancelReason { get; init; }
}
