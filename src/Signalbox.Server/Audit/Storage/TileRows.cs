using Signalbox.Server.Audit.Merkle;

namespace Signalbox.Server.Audit.Storage;

/// <summary>The hashes of one log, each piece read by itself: tiles never change, so no transaction is needed around several.</summary>
internal sealed class TileRows(AuditDatabase database, int log) : ITileReader
{
    public Task<IReadOnlyList<byte[]>> FullTilesAsync(int level, long first, int count, CancellationToken cancellationToken) =>
        database.ReadAsync(session => new SessionTiles(session, log).FullTilesAsync(level, first, count, cancellationToken), cancellationToken);

    public Task<byte[]> EdgeLeavesAsync(long first, int count, CancellationToken cancellationToken) =>
        database.ReadAsync(session => new SessionTiles(session, log).EdgeLeavesAsync(first, count, cancellationToken), cancellationToken);
}
