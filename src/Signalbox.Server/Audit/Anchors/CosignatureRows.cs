using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Anchors;

/// <summary>Keeps the cosignatures of witnesses beside the checkpoints that they are about.</summary>
internal static class CosignatureRows
{
    /// <param name="line">The whole signature line.</param>
    public static Task AddAsync(ControlSession session, string tenant, long size, string witness, string line, long nowMs) => session.ExecuteAsync(
        session.Dialect.InsertIgnore("audit_cosignatures (tenant, size, witness, line, at_ms) VALUES (@tenant, @size, @witness, @line, @nowMs)"), new { tenant, size, witness, line, nowMs });

    /// <summary>The signature lines of a checkpoint, to be put under its note.</summary>
    public static Task<IReadOnlyList<string>> ListAsync(ControlSession session, string tenant, long size) =>
        session.ListAsync<string>("SELECT line FROM audit_cosignatures WHERE tenant = @tenant AND size = @size ORDER BY witness", new { tenant, size });

    /// <summary>The size of the newest checkpoint that a witness cosigned.</summary>
    /// <param name="most">Larger ones are passed over.</param>
    /// <returns>Null when there is none.</returns>
    public static Task<long?> FindNewestAsync(ControlSession session, string tenant, long most) =>
        session.ValueAsync<long?>("SELECT max(size) FROM audit_cosignatures WHERE tenant = @tenant AND size <= @most", new { tenant, most });

    /// <summary>Deletes the oldest cosignatures as far as they were made before a time; those of the newest checkpoint stay however old they are.</summary>
    /// <param name="most">So many rows are looked at.</param>
    /// <returns>How many rows were deleted; nothing is left to delete when that is 0.</returns>
    public static async Task<int> DeleteAsync(ControlSession session, string tenant, long beforeMs, int most)
    {
        var newest = await FindNewestAsync(session, tenant, long.MaxValue);
        var sizes = await session.ListAsync<long>(
            "SELECT size FROM audit_cosignatures WHERE tenant = @tenant AND at_ms < @beforeMs AND size < @newest ORDER BY size LIMIT @most", new { tenant, beforeMs, newest, most });
        return sizes.Count == 0
            ? 0
            : await session.ExecuteAsync("DELETE FROM audit_cosignatures WHERE tenant = @tenant AND size <= @last AND at_ms < @beforeMs", new { tenant, last = sizes[^1], beforeMs });
    }
}
