using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Storage;

/// <summary>Checks within one transaction that a log's rows give the root that its row claims.</summary>
/// <remarks>For copies and restores; whether the log is the one that others have seen is the business of its checkpoints.</remarks>
internal static class LogCheck
{
    private const int EventsAtOnce = 4096;

    /// <returns>A sentence that names the first bad sequence; null when the log is whole.</returns>
    public static async Task<string?> FindFaultAsync(ControlSession session, LogRow log, CancellationToken cancellationToken)
    {
        var tree = TileBuilder.Empty();
        var completed = new List<Tile>();
        var tiles = new SessionTiles(session, log.Log);
        for (var number = 0L; number < log.First / MerkleTree.TileWidth; number++)
        {
            foreach (var leaf in (await tiles.FullTilesAsync(0, number, 1, cancellationToken))[0].Chunk(MerkleTree.HashSize))
            {
                tree.Append(leaf, completed);
            }

            completed.Clear();
        }

        while (tree.Size < log.Size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var events = await EventRows.ReadAsync(session, log.Log, tree.Size, EventsAtOnce);
            foreach (var row in events)
            {
                if (row.Sequence != tree.Size || !MerkleTree.LeafHash(row.Body).AsSpan().SequenceEqual(row.Leaf))
                {
                    return $"The event {tree.Size} is missing or was changed.";
                }

                tree.Append(row.Leaf, completed);
            }

            if (events.Count == 0)
            {
                return $"The event {tree.Size} is missing.";
            }

            completed.Clear();
        }

        return tree.Root().AsSpan().SequenceEqual(log.Root) ? null : "Its events do not give its root.";
    }
}
