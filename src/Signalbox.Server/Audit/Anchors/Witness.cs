using System.Globalization;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Merkle;
using Signalbox.Server.Audit.Notes;
using Signalbox.Server.Audit.Verification;
using Signalbox.Server.Audit.Vocabulary;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;
using Signalbox.Telemetry;

namespace Signalbox.Server.Audit.Anchors;

/// <summary>Cosigns the checkpoints of other logs as long as each goes on from the one before: a log that was rewritten gets no signature.</summary>
/// <remarks>Source: https://c2sp.org/tlog-witness</remarks>
internal sealed class Witness(ControlDatabase database, AuditKeys keys, AnchorOptions options, IAuditTrail trail, AuditSummaries summaries, TimeProvider clock)
{
    /// <summary>The key to give to those whose logs are witnessed.</summary>
    public async Task<VerifierKey> KeyAsync(CancellationToken cancellationToken) =>
        new(await NameAsync(cancellationToken), NoteAlgorithm.Cosignature, (await keys.WitnessKeyAsync(cancellationToken)).PublicKey);

    public async Task<WitnessAnswer> AddCheckpointAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        WitnessRequest request;
        try
        {
            request = WitnessRequest.Parse(body.Span);
        }
        catch (NoteFormatException exception)
        {
            return WitnessAnswer.Refused(StatusCodes.Status400BadRequest, exception.Message);
        }

        var known = options.WitnessedLogs.Where(key => key.Name == request.Checkpoint.Origin).ToList();
        if (known.Count == 0)
        {
            return WitnessAnswer.Refused(StatusCodes.Status404NotFound, "This log is not witnessed here.");
        }

        if (!KeyChain.IsSignedBy(request.Note, known))
        {
            return WitnessAnswer.Refused(StatusCodes.Status403Forbidden, "No key that is known for this log has signed the checkpoint.");
        }

        if (request.OldSize > request.Checkpoint.Size)
        {
            return WitnessAnswer.Refused(StatusCodes.Status400BadRequest, "The old size is larger than the checkpoint's.");
        }

        var answer = await MoveAsync(request, cancellationToken);
        if (answer is null)
        {
            var line = NoteSigner.Cosign(await NameAsync(cancellationToken), await keys.WitnessKeyAsync(cancellationToken), request.Note.Text, clock.GetUtcNow()).Line();
            answer = WitnessAnswer.Cosigned(line);
        }

        Record(request, answer);
        return answer;
    }

    /// <summary>Checks and remembers in one transaction, so that two requests cannot both go on from the same state.</summary>
    /// <returns>Null when the checkpoint is remembered.</returns>
    private Task<WitnessAnswer?> MoveAsync(WitnessRequest request, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            var row = await WitnessedRows.LockAsync(session, request.Checkpoint.Origin);
            var size = row?.Size ?? 0;
            if (request.OldSize != size)
            {
                return WitnessAnswer.Conflict(size);
            }

            var checkpoint = request.Checkpoint;
            var isRight = size == 0
                ? request.Proof.Count == 0 && (checkpoint.Size > 0 || checkpoint.Root.AsSpan().SequenceEqual(MerkleTree.EmptyRoot))
                : ConsistencyProof.Verify(size, checkpoint.Size, request.Proof, row!.Root, checkpoint.Root);
            if (!isRight)
            {
                return row is not null && size == checkpoint.Size && !row.Root.AsSpan().SequenceEqual(checkpoint.Root)
                    ? WitnessAnswer.Conflict(size)
                    : WitnessAnswer.Refused(StatusCodes.Status422UnprocessableEntity, "The proof does not lead from the old checkpoint to this one.");
            }

            var next = new WitnessedRow { Origin = checkpoint.Origin, Size = checkpoint.Size, Root = checkpoint.Root, Note = request.Note.ToString(), AtMs = clock.GetUtcNow().ToUnixTimeMilliseconds() };
            return await (row is null ? WitnessedRows.TryAddAsync(session, next) : WitnessedRows.TryMoveAsync(session, next, size)) ? null : WitnessAnswer.Conflict(size);
        },
        cancellationToken);

    /// <summary>Only what a known log signed is recorded: everybody may ask.</summary>
    private void Record(WitnessRequest request, WitnessAnswer answer)
    {
        var record = new AuditEvent(TenantId.Default.Value, new AuditActor("service", request.Checkpoint.Origin, request.Checkpoint.Origin), AuditVocabulary.CheckpointWitness, new AuditResource(AuditVocabulary.Checkpoint, request.Checkpoint.Origin, request.Checkpoint.Origin))
            .With("size", request.Checkpoint.Size)
            .With("oldSize", request.OldSize)
            .With("rootHash", Convert.ToBase64String(request.Checkpoint.Root));
        if (answer.Status == StatusCodes.Status200OK && request.Checkpoint.Size > request.OldSize)
        {
            trail.Record(record);
            return;
        }

        // Checkpoints are no secret, so whoever has one may send it again and again.
        var outcome = answer.Status == StatusCodes.Status200OK ? record
            : record.Denied(null, answer.Status == StatusCodes.Status409Conflict ? "The checkpoint does not go on from the one that was cosigned last." : answer.Body.Trim());
        summaries.Record(string.Create(CultureInfo.InvariantCulture, $"{request.Checkpoint.Origin} {answer.Status}"), outcome);
    }

    private async Task<string> NameAsync(CancellationToken cancellationToken) => options.WitnessName ?? (await keys.SignerAsync(cancellationToken)).Prefix + "/witness";
}
