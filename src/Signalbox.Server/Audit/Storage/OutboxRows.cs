using Dapper;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Storage;

/// <summary>Mandatory events in the control database, between the transaction that they tell of and the log.</summary>
internal static class OutboxRows
{
    private const int Chunk = 500;

    public static Task AddAsync(ControlSession session, PreparedRecord record) => session.ExecuteAsync(
        "INSERT INTO audit_outbox (id, tenant, at_ms, body) VALUES (@Id, @Tenant, @TimeMs, @Body)", new { record.Id, record.Tenant, record.TimeMs, record.Body });

    /// <summary>The oldest ones.</summary>
    /// <param name="except">Tenants that are to be passed over.</param>
    public static async Task<IReadOnlyList<PreparedRecord>> ListAsync(ControlSession session, int count, IReadOnlyCollection<string> except)
    {
        var parameters = new DynamicParameters(new { count });
        var where = except.Count == 0 ? string.Empty : $"WHERE tenant NOT IN {InList.Of(parameters, except)} ";
        var rows = await session.ListAsync<OutboxRow>($"SELECT id, tenant, at_ms, body FROM audit_outbox {where}ORDER BY at_ms, id LIMIT @count", parameters);
        return [.. rows.Select(static row => new PreparedRecord(row.Id, row.Tenant, row.AtMs, row.Body, Keyed: true))];
    }

    public static Task<long> CountAsync(ControlSession session) => session.ValueAsync<long>("SELECT COUNT(*) FROM audit_outbox");

    public static async Task DeleteAsync(ControlSession session, IReadOnlyCollection<string> ids)
    {
        foreach (var part in ids.Chunk(Chunk))
        {
            var parameters = new DynamicParameters();
            await session.ExecuteAsync($"DELETE FROM audit_outbox WHERE id IN {InList.Of(parameters, part)}", parameters);
        }
    }

    private sealed record OutboxRow
    {
        public required string Id { get; init; }

        public required string Tenant { get; init; }

        public required long AtMs { get; init; }

        public required byte[] Body { get; init; }
    }
}
