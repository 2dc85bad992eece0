using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Storage;
using Xunit;

namespace Signalbox.Audit.Tests.Sequencing;

/// <summary>Checks a log from its rows alone, by the simplest means there are.</summary>
internal static class LogChecks
{
    /// <summary>Every sequence from the first to the last is there once, each leaf is that of its body, and the leaves give the root and the tiles.</summary>
    /// <returns>The bodies as texts, in order.</returns>
    public static async Task<IReadOnlyList<string>> AssertWholeAsync(AuditDatabase database, string tenant, CancellationToken cancellationToken)
    {
        var log = await database.ReadAsync(session => LogRows.FindAsync(session, tenant), cancellationToken);
        if (log is null)
        {
            return [];
        }

        var events = await database.ReadAsync(session => EventRows.ReadAsync(session, log.Log, 0, int.MaxValue), cancellationToken);
        Assert.Equal(Enumerable.Range((int)log.First, (int)(log.Size - log.First)).Select(static sequence => (long)sequence), events.Select(static row => row.Sequence));
        Assert.All(events, static row => Assert.Equal(MerkleTree.LeafHash(row.Body), row.Leaf));
        var tiles = new TileRows(database, log.Log);
        var leaves = new List<byte[]>();
        if (log.First > 0)
        {
            leaves.AddRange((await tiles.FullTilesAsync(0, 0, (int)(log.First / 256), cancellationToken)).SelectMany(static tile => tile.Chunk(32)));
        }

        leaves.AddRange(events.Select(static row => row.Leaf));
        var range = CompactRange.Restore(0, []);
        leaves.ForEach(leaf => range.Append(leaf));
        Assert.Equal(Convert.ToHexString(range.Root()), Convert.ToHexString(log.Root));
        var rebuilt = await TileBuilder.RestoreAsync(log.Size, tiles, cancellationToken);
        Assert.Equal(range.Root(), rebuilt.Root());
        for (var number = 0; number < log.Size / 256; number++)
        {
            Assert.Equal(leaves.Skip(number * 256).Take(256).SelectMany(static leaf => leaf), (await tiles.FullTilesAsync(0, number, 1, cancellationToken))[0]);
        }

        Assert.Contains($"\n{log.Size}\n{Convert.ToBase64String(log.Root)}\n", log.Checkpoint, StringComparison.Ordinal);
        return [.. events.Select(static row => System.Text.Encoding.UTF8.GetString(row.Body))];
    }
}
