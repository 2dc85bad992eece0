using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Search;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Retention;

/// <summary>Finds how far a log's payloads are old enough to go: whole tiles, one after the other, and never the newest.</summary>
internal static class PruneRange
{
    private const int MostTilesAtOnce = 64;

    /// <summary>The first sequence that has to stay; the log's <see cref="LogRow.First"/> when nothing is old enough.</summary>
    /// <param name="beforeMs">Records of this time and later stay, and so does everything after the first of them.</param>
    public static async Task<long> FindEndAsync(ControlSession session, LogRow log, long beforeMs)
    {
        // The newest record always stays, and with it its tile.
        var most = (log.Size - 1) / MerkleTree.TileWidth * MerkleTree.TileWidth;
        var end = log.First;

        // Mostly the first tile is too young already, so the look goes further only as it finds old ones.
        for (var tiles = 1; end < most; tiles = Math.Min(tiles * 4, MostTilesAtOnce))
        {
            var until = Math.Min(most, end + (tiles * MerkleTree.TileWidth));
            var times = await EventRows.ReadTimesAsync(session, log.Log, end, until);
            if (times.Count != until - end)
            {
                throw new InvalidDataException($"Of the events {end} to {until - 1} of tenant {log.Tenant}, some are missing. Run signalbox audit verify.");
            }

            var old = Old(times, beforeMs);
            end += old;
            if (old < times.Count)
            {
                return end;
            }
        }

        return Math.Max(end, log.First);
    }

    /// <summary>The same from what the index keeps of each era's times, and from the rows only where an era ends or is not full: for a preview, which must not read millions of rows.</summary>
    /// <remarks>What is deleted is decided by the rows alone.</remarks>
    public static async Task<long> EstimateEndAsync(ControlSession session, LogRow log, long beforeMs, EraShape shape)
    {
        var most = (log.Size - 1) / MerkleTree.TileWidth * MerkleTree.TileWidth;
        var eras = await session.ListAsync<EraEnd>(
            "SELECT era, last_ms FROM audit_eras WHERE log = @log AND era >= @first ORDER BY era", new { log = log.Log, first = shape.EraOf(log.First) });
        var end = log.First;
        foreach (var era in eras)
        {
            var until = shape.FirstOf(era.Era + 1);
            if (era.Era != shape.EraOf(end) || era.LastMs >= beforeMs || until > most)
            {
                break;
            }

            end = until;
        }

        return await FindEndAsync(session, log with { First = end }, beforeMs);
    }

    /// <summary>How many of these records, whole tiles of them, are all older.</summary>
    private static int Old(IReadOnlyList<long> times, long beforeMs)
    {
        for (var index = 0; index < times.Count; index++)
        {
            if (times[index] >= beforeMs)
            {
                return index / MerkleTree.TileWidth * MerkleTree.TileWidth;
            }
        }

        return times.Count;
    }

    private sealed record EraEnd
    {
        public required long Era { get; init; }

        public required long LastMs { get; init; }
    }
}
