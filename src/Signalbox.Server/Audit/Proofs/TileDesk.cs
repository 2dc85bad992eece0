using System.Buffers.Binary;
using Signalbox.Server.Audit.Events;
using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Audit.Proofs;

/// <summary>Hands out a log's tiles of hashes, and its records in bundles of the same size, for those who verify or mirror it themselves.</summary>
/// <remarks>Source: https://c2sp.org/tlog-tiles</remarks>
internal sealed class TileDesk(LogTree tree, AuditDatabase database)
{
    /// <summary>No tree of 2^40 leaves has more.</summary>
    private const int MostLevels = 6;

    private static readonly Refusal NotFound = Refusal.NotFound("tile_not_found", "This log has no such tile, or does not have that much of it yet.");

    public async Task<Outcome<byte[]>> TileAsync(string tenant, int level, string index, CancellationToken cancellationToken)
    {
        if (TilePath.Parse(index) is not { } path || level is < 0 or >= MostLevels || await tree.FindAsync(tenant, cancellationToken) is not { } log)
        {
            return NotFound;
        }

        var (edge, width) = TileBuilder.Edge(log.Size, level);
        return path.Number < edge || (path.Number == edge && path.Width <= width) ? await tree.Open(log).TileAsync(level, path.Number, path.Width, cancellationToken) : NotFound;
    }

    public async Task<Outcome<byte[]>> EntriesAsync(string tenant, string index, CancellationToken cancellationToken)
    {
        if (TilePath.Parse(index) is not { } path || await tree.FindAsync(tenant, cancellationToken) is not { } log)
        {
            return NotFound;
        }

        var (edge, width) = TileBuilder.Edge(log.Size, 0);
        if (path.Number > edge || (path.Number == edge && path.Width > width))
        {
            return NotFound;
        }

        var first = path.Number * MerkleTree.TileWidth;
        if (first < log.First)
        {
            return EventDesk.Pruned;
        }

        var events = await database.ReadAsync(session => EventRows.ReadAsync(session, log.Log, first, path.Width), cancellationToken);

        // Since the log was looked at, its retention may have passed by here.
        return events.Count == path.Width && events[0].Sequence == first && events[^1].Sequence == first + path.Width - 1 ? Bundle(events) : EventDesk.Pruned;
    }

    private static byte[] Bundle(IReadOnlyList<StoredEvent> events)
    {
        var bundle = new byte[events.Sum(static stored => sizeof(ushort) + stored.Body.Length)];
        var rest = bundle.AsSpan();
        foreach (var stored in events)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)stored.Body.Length);
            stored.Body.CopyTo(rest[sizeof(ushort)..]);
            rest = rest[(sizeof(ushort) + stored.Body.Length)..];
        }

        return bundle;
    }
}
