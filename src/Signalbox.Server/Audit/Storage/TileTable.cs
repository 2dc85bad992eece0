using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Storage;

/// <summary>Adds full tiles.</summary>
internal static class TileTable
{
    public static async Task AddAsync(ControlSession session, int log, IReadOnlyList<Tile> tiles)
    {
        foreach (var tile in tiles)
        {
            await session.ExecuteAsync("INSERT INTO audit_tiles (log, level, number, hashes) VALUES (@log, @Level, @Number, @Hashes)", new { log, tile.Level, tile.Number, tile.Hashes });
        }
    }
}
