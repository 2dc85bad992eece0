using Signalbox.Server.Audit.Notes;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Sequencing;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Audit.Vocabulary;
using Signalbox.Server.Platform.Audit;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Keys;

/// <summary>Puts a new signing key in the place of the old one, so that whoever trusts the old one can follow.</summary>
/// <remarks>
/// Both keys sign at first; every log gets a record with both public keys; the checkpoint over that record, signed by both, is kept as the proof; then the
/// old key is forgotten. A change that was broken off goes on where it was when it is asked for again.
/// </remarks>
internal sealed class KeyRotation(AuditKeys keys, ControlDatabase control, AuditDatabase audit, AuditTrail trail, RecordWriter writer, TimeProvider clock) : IDisposable
{
    /// <summary>Long enough for every other instance to have read the keys again.</summary>
    private static readonly TimeSpan Settling = AuditKeys.Refresh * 5;

    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <param name="tenant">The caller's, whose log gets the record even when it is empty.</param>
    public async Task RunAsync(string tenant, AuditActor actor, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await keys.SignerAsync(cancellationToken);
            var next = await AddAsync(cancellationToken);
            keys.Forget();
            if (control.IsShared)
            {
                await Task.Delay(Settling, clock, cancellationToken);
            }

            var signer = await keys.SignerAsync(cancellationToken);
            var logs = await audit.ReadAsync(LogRows.ListAsync, cancellationToken);
            foreach (var name in logs.Select(static log => log.Tenant).Append(tenant).Distinct(StringComparer.Ordinal))
            {
                await ProveAsync(name, actor, next, signer.KeysOf(name), cancellationToken);
            }

            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            await control.WriteAsync(
                async session =>
                {
                    foreach (var old in (await KeyRows.ListAsync(session, KeyRows.LogPurpose)).Where(row => !row.IsRetired && row.Number < next))
                    {
                        await KeyRows.RetireAsync(session, KeyRows.LogPurpose, old.Number, now);
                    }
                },
                cancellationToken);
            keys.Forget();
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <returns>The number of the key that is to sign alone in the end.</returns>
    private async Task<long> AddAsync(CancellationToken cancellationToken)
    {
        var rows = await keys.ListAsync(cancellationToken);
        if (rows.Count(static row => !row.IsRetired) > 1)
        {
            return rows[^1].Number;
        }

        var next = keys.NewRow(KeyRows.LogPurpose, rows[^1].Number + 1);
        await control.WriteAsync(session => KeyRows.AddAsync(session, next), cancellationToken);
        return next.Number;
    }

    private async Task ProveAsync(string tenant, AuditActor actor, long number, IReadOnlyList<VerifierKey> signing, CancellationToken cancellationToken)
    {
        var change = new AuditEvent(tenant, actor, AuditVocabulary.KeyRotate, new AuditResource(AuditVocabulary.Key, signing[^1].KeyId.ToString("x8", System.Globalization.CultureInfo.InvariantCulture), signing[^1].Name))
            .With("oldKey", signing[0].ToString())
            .With("newKey", signing[^1].ToString());

        // Appended at once, because the proof is the checkpoint over it; that it is mandatory is kept by retiring nothing before it is there.
        await trail.AppendAsync([writer.Prepare(change, AuditScope.Current)], cancellationToken);
        AuditScope.Current?.Noted();
        var row = (await audit.ReadAsync(session => LogRows.FindAsync(session, tenant), cancellationToken))!;
        await audit.WriteAsync(session => CheckpointRows.AddAsync(session, row.Log, new CheckpointRow { Size = row.Size, TimeMs = row.TimeMs, Note = row.Checkpoint }), cancellationToken);
        await control.WriteAsync(session => KeyRows.AddChangeAsync(session, tenant, number, row.Checkpoint), cancellationToken);
    }
}
