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
}
