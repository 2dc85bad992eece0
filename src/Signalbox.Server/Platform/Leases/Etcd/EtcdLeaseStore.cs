using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Signalbox.Server.Platform.Leases.Etcd;

/// <summary>Leases as keys of etcd, each bound to an etcd lease of its own.</summary>
/// <remarks>
/// The token is the revision that created the key, counted from the one that wrote the epoch: etcd's revisions only grow while it keeps its data, and where it
/// does not, the epoch is missing. A change of etcd's leader prolongs leases; it never shortens one. Time to live is in whole seconds, rounded up, and
/// etcd may give more.
/// </remarks>
internal sealed class EtcdLeaseStore(EtcdClient client, LeaseOptions options, EpochGate gate) : ILeaseStore
{
    private const int Attempts = 5;

    private readonly byte[] _epochKey = Encoding.ASCII.GetBytes($"{options.Prefix}/locks/epoch");

    /// <summary>The epoch last seen; what it says is checked by every transaction.</summary>
    private volatile EtcdKey? _epoch;

    public string Kind => "etcd";

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<long?> TakeAsync(LeaseClaim claim, CancellationToken cancellationToken)
    {
        var key = Key(claim);
        var id = Id(claim);

        // Only what looks free is worth an etcd lease, which costs a write.
        if (await ReadAsync(key, cancellationToken) is not null)
        {
            return null;
        }

        await GrantAsync(id, claim, cancellationToken);
        var usedUp = 0L;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var epoch = _epoch ?? await BeginEpochAsync(usedUp, cancellationToken);
            var answer = await client.AskAsync("kv/txn", Claiming(key, id, epoch), EtcdJson.Default.EtcdTransaction, EtcdJson.Default.EtcdTransactionAnswer, cancellationToken);
            var found = answer.Succeeded ? null : answer.KeyOf(0);
            if (found is not null && found.Lease != id)
            {
                await ReleaseAsync(claim, cancellationToken);
                return null;
            }

            // A key of our own that was there already: the answer to the same request was lost.
            var created = found?.CreateRevision ?? answer.Header.Revision;
            var count = created - epoch.ModRevision;
            if ((answer.Succeeded || found is not null) && count is > 0 and < LeaseEpochs.Size && await gate.AcceptsAsync(Kind, Number(epoch), cancellationToken))
            {
                return (Number(epoch) * LeaseEpochs.Size) + count;
            }

            usedUp = count >= LeaseEpochs.Size ? epoch.ModRevision : 0;
            await ReleaseAsync(claim, cancellationToken);
            await GrantAsync(id, claim, cancellationToken);
            _epoch = null;
        }

        throw new IOException($"etcd lost its epoch again each of the {Attempts} times that a lease was asked for.");
    }

    public async Task<bool> RenewAsync(LeaseClaim claim, long token, CancellationToken cancellationToken)
    {
        var answer = await client.AskAsync("lease/keepalive", new EtcdLeaseId(Id(claim)), EtcdJson.Default.EtcdLeaseId, EtcdJson.Default.EtcdKeepAliveAnswer, cancellationToken);

        // The key may be gone though its lease lives: somebody deleted it, and the name has another holder.
        return answer.Result?.Ttl > 0 && await ReadAsync(Key(claim), cancellationToken) is { } found && found.Lease == Id(claim);
    }

    public async Task ReleaseAsync(LeaseClaim claim, CancellationToken cancellationToken)
    {
        try
        {
            await client.AskAsync("lease/revoke", new EtcdLeaseId(Id(claim)), EtcdJson.Default.EtcdLeaseId, EtcdJson.Default.EtcdLeaseAnswer, cancellationToken);
        }
        catch (EtcdException gone) when (gone.Code == EtcdException.NotFound)
        {
            // Nothing is bound to a lease that has ended.
        }
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static long Number(EtcdKey epoch) => long.TryParse(epoch.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>The claim's own name for its etcd lease, so that it can be revoked though the answer to the grant was lost.</summary>
    private static long Id(LeaseClaim claim)
    {
        Span<byte> bytes = stackalloc byte[16];
        claim.Owner.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadInt64BigEndian(bytes[8..]) & long.MaxValue;
    }

    private EtcdTransaction Claiming(byte[] key, long id, EtcdKey epoch) => new(
        [EtcdCompare.Created(key, 0), EtcdCompare.Modified(_epochKey, epoch.ModRevision), EtcdCompare.Holds(_epochKey, epoch.Value ?? [])],
        [new EtcdOperation(new EtcdPut(key, Encoding.ASCII.GetBytes(id.ToString(CultureInfo.InvariantCulture)), id), null)],
        [new EtcdOperation(null, new EtcdRange(key))]);

    private async Task GrantAsync(long id, LeaseClaim claim, CancellationToken cancellationToken)
    {
        try
        {
            var seconds = (long)Math.Ceiling(claim.TimeToLive.TotalSeconds);
            await client.AskAsync("lease/grant", new EtcdLeaseGrant(id, seconds), EtcdJson.Default.EtcdLeaseGrant, EtcdJson.Default.EtcdLeaseAnswer, cancellationToken);
        }
        catch (EtcdException exists) when (exists.Code == EtcdException.FailedPrecondition && exists.Message.Contains("lease already exists", StringComparison.Ordinal))
        {
            // Its id is new and random: this is the same request, whose first answer was lost.
        }
    }

    private async Task<EtcdKey?> ReadAsync(byte[] key, CancellationToken cancellationToken) =>
        (await client.AskAsync("kv/range", new EtcdRange(key), EtcdJson.Default.EtcdRange, EtcdJson.Default.EtcdRangeAnswer, cancellationToken)).Kvs is [var found, ..] ? found : null;

    /// <summary>Reads the epoch, and writes a new one where there is none that counts.</summary>
    /// <param name="usedUp">Revision of an epoch that has no tokens left; 0 for none.</param>
    private async Task<EtcdKey> BeginEpochAsync(long usedUp, CancellationToken cancellationToken)
    {
        var known = await ReadAsync(_epochKey, cancellationToken);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (known is not null && known.ModRevision != usedUp && await gate.AcceptsAsync(Kind, Number(known), cancellationToken))
            {
                return _epoch = known;
            }

            var next = await gate.AllocateAsync(Kind, known is null ? 0 : Number(known), cancellationToken);
            var put = new EtcdOperation(new EtcdPut(_epochKey, Encoding.ASCII.GetBytes(next.ToString(CultureInfo.InvariantCulture)), null), null);
            var begin = new EtcdTransaction([EtcdCompare.Modified(_epochKey, known?.ModRevision ?? 0)], [put], []);
            await client.AskAsync("kv/txn", begin, EtcdJson.Default.EtcdTransaction, EtcdJson.Default.EtcdTransactionAnswer, cancellationToken);
            known = await ReadAsync(_epochKey, cancellationToken);
        }

        throw new IOException("etcd does not keep the epoch of leases that is written to it.");
    }

    private byte[] Key(LeaseClaim claim) => Encoding.ASCII.GetBytes($"{options.Prefix}/locks/lease/{claim.Name}");
}
