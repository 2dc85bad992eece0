using System.Text.Json;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine.Claims;

/// <summary>Takes due executions for this instance.</summary>
internal static class ClaimStore
{
    /// <summary>Takes up to <see cref="ClaimRequest.Limit"/> due executions: each gets a fence greater than any before, and a lease.</summary>
    /// <remarks>
    /// Fewer than the limit does not mean that no more are due: of those with one concurrency key only the first is taken. Without rows nothing more is due
    /// that may start now.
    /// </remarks>
    /// <exception cref="Exception">A unique violation by the dialect's judgement: another instance took a key at the same moment; nothing was claimed.</exception>
    public static async Task<IReadOnlyList<ClaimedRun>> ClaimAsync(ControlSession session, ClaimRequest request)
    {
        var parameters = new { owner = request.Owner, limit = request.Limit, lease = (long)request.Lease.TotalMilliseconds };
        var claimed = session.Dialect.Engine switch
        {
            ControlEngine.PostgreSql => await session.ListAsync<ClaimedRun>(ClaimSql.PostgreSql(session.Dialect), parameters),
            ControlEngine.MySql => await ClaimOnMySqlAsync(session, parameters),
            _ => await ClaimOnSqliteAsync(session, request),
        };
        return [.. claimed.OrderBy(static run => run.Fence)];
    }

    private static async Task<IReadOnlyList<ClaimedRun>> ClaimOnMySqlAsync(ControlSession session, object parameters)
    {
        try
        {
            return await session.ListAsync<ClaimedRun>(ClaimSql.MySql(session.Dialect), parameters);
        }
        catch (Exception exception) when (!session.Dialect.IsUnavailable(exception))
        {
            // The packet stopped in the middle, and not every error ends the transaction that it began.
            await session.ExecuteAsync("ROLLBACK");
            throw;
        }
    }

    /// <summary>One writer at a time, so the choice, the counter and the change cannot come apart.</summary>
    private static async Task<IReadOnlyList<ClaimedRun>> ClaimOnSqliteAsync(ControlSession session, ClaimRequest request)
    {
        var chosen = await session.ListAsync<ChosenRow>(ClaimSql.SqliteChoice(session.Dialect), new { limit = request.Limit });
        if (chosen.Count == 0)
        {
            return [];
        }

        var last = await session.ValueAsync<long>("UPDATE job_fence SET value = value + @count WHERE id = 1 RETURNING value", new { count = chosen.Count });
        var rows = chosen.Select(row => row with { Place = last - chosen.Count + row.Place }).ToList();
        return await session.ListAsync<ClaimedRun>(
            ClaimSql.SqliteUpdate(session.Dialect),
            new { owner = request.Owner, lease = (long)request.Lease.TotalMilliseconds, rows = JsonSerializer.Serialize(rows, EngineJson.Default.ListChosenRow) });
    }
}

/// <summary>An execution to be claimed.</summary>
internal sealed record ChosenRow
{
    public required string Id { get; init; }

    /// <summary>Its place in the order of claims, from 1; later its fence.</summary>
    public required long Place { get; init; }
}
