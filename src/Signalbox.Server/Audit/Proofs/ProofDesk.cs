using System.Globalization;
using Signalbox.Server.Audit.Events;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Audit.Proofs;

/// <summary>Proves what is in a tenant's log, and that it only grew.</summary>
internal sealed class ProofDesk(LogTree tree, AuditDatabase database, EventDesk events, AuditKeys keys)
{
    public static Refusal Empty { get; } = Refusal.NotFound("audit_log_empty", "Nothing has been recorded in this tenant's audit log yet.");

    public async Task<Outcome<AuditInclusionProof>> InclusionAsync(string tenant, InclusionProofQuery asked, CancellationToken cancellationToken)
    {
        if (asked.Sequence is null == asked.Id is null)
        {
            return Refusal.Invalid("sequence", "Say which event: by sequence or by id, one of the two.");
        }

        var sequence = asked.Sequence ?? -1;
        if (asked.Id is { } id)
        {
            var found = await events.ReadAsync(tenant, id, cancellationToken);
            if (found is not Outcome<StoredEvent>.Done { Value: var stored })
            {
                return ((Outcome<StoredEvent>.Refused)found).Refusal;
            }

            sequence = stored.Sequence;
        }

        if (await tree.FindAsync(tenant, cancellationToken) is not { } log || sequence < 0 || sequence >= log.Size)
        {
            return EventDesk.NotFound;
        }

        var size = asked.Size ?? log.Size;
        return size <= sequence || size > log.Size
            ? Refusal.Invalid("size", string.Create(CultureInfo.InvariantCulture, $"A tree that holds event {sequence} has a size from {sequence + 1} to {log.Size}, which is the log's now."))
            : await InclusionAsync(log, sequence, size, cancellationToken);
    }

    public async Task<Outcome<AuditConsistencyProof>> ConsistencyAsync(string tenant, long? from, long? to, CancellationToken cancellationToken)
    {
        if (await tree.FindAsync(tenant, cancellationToken) is not { } log)
        {
            return Empty;
        }

        var end = to ?? log.Size;
        if (end < 0 || end > log.Size)
        {
            return Refusal.Invalid("to", string.Create(CultureInfo.InvariantCulture, $"The log has a size of {log.Size} now; name a size from 0 to that."));
        }

        if (from is not { } start || start < 0 || start > end)
        {
            return Refusal.Invalid("from", string.Create(CultureInfo.InvariantCulture, $"Name an earlier size of the log, from 0 to {end}."));
        }

        var builder = tree.Open(log);
        var hashes = await builder.ConsistencyAsync(start, end, cancellationToken);
        return new AuditConsistencyProof(start, end, Text(await builder.RootAsync(start, cancellationToken)), Text(await builder.RootAsync(end, cancellationToken)), [.. hashes.Select(Text)]);
    }

    public async Task<AuditKeyList> KeysAsync(string tenant, CancellationToken cancellationToken)
    {
        var signer = await keys.SignerAsync(cancellationToken);
        return KeyEndpoints.View(signer.OriginOf(tenant), await keys.KnownAsync(tenant, cancellationToken));
    }

    private static string Text(byte[] hash) => Convert.ToBase64String(hash);

    private async Task<AuditInclusionProof> InclusionAsync(LogRow log, long sequence, long size, CancellationToken cancellationToken)
    {
        var builder = tree.Open(log);
        var (number, offset) = Math.DivRem(sequence, MerkleTree.TileWidth);

        // From the tile and not from the event, whose row may be gone.
        var tile = await builder.TileAsync(0, number, (int)offset + 1, cancellationToken);
        var leaf = tile.AsSpan((int)offset * MerkleTree.HashSize, MerkleTree.HashSize).ToArray();
        var hashes = await builder.InclusionAsync(sequence, size, cancellationToken);
        var checkpoint = size == log.Size ? log.Checkpoint : (await database.ReadAsync(session => CheckpointRows.FindAsync(session, log.Log, size), cancellationToken))?.Note;
        return new AuditInclusionProof(sequence, Text(leaf), size, Text(size == log.Size ? log.Root : await builder.RootAsync(size, cancellationToken)), [.. hashes.Select(Text)], checkpoint);
    }
}
