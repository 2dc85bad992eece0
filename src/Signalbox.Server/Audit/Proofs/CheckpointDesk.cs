using Signalbox.Server.Audit.Anchors;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Audit.Proofs;

/// <summary>Gives out checkpoints, with what witnesses signed under them.</summary>
internal sealed class CheckpointDesk(LogTree tree, AuditDatabase database, ControlDatabase control)
{
    private static readonly Refusal NotCosigned = Refusal.NotFound(
        "audit_checkpoint_not_cosigned", "No witness has cosigned a checkpoint of this tenant's audit log. Name witnesses in audit.anchors; a checkpoint is theirs to sign once an interval.");

    /// <param name="isCosigned">The newest one that a witness cosigned is asked for, instead of the log's as it is now.</param>
    /// <returns>The signed note.</returns>
    public async Task<Outcome<string>> ReadAsync(string tenant, bool isCosigned, CancellationToken cancellationToken)
    {
        if (await tree.FindAsync(tenant, cancellationToken) is not { } log)
        {
            return ProofDesk.Empty;
        }

        if (!isCosigned)
        {
            return await WithCosignaturesAsync(tenant, log.Size, log.Checkpoint, cancellationToken);
        }

        return await control.ReadAsync(session => CosignatureRows.FindNewestAsync(session, tenant, log.Size), cancellationToken) is { } size
            && await NoteAsync(log, size, cancellationToken) is { } note
            ? await WithCosignaturesAsync(tenant, size, note, cancellationToken)
            : NotCosigned;
    }

    private async Task<string?> NoteAsync(LogRow log, long size, CancellationToken cancellationToken) =>
        size == log.Size ? log.Checkpoint : (await database.ReadAsync(session => CheckpointRows.FindAsync(session, log.Log, size), cancellationToken))?.Note;

    /// <summary>A cosignature is over the text alone, which is the same for every checkpoint of one size.</summary>
    private async Task<string> WithCosignaturesAsync(string tenant, long size, string note, CancellationToken cancellationToken) =>
        note + string.Concat(await control.ReadAsync(session => CosignatureRows.ListAsync(session, tenant, size), cancellationToken));
}
