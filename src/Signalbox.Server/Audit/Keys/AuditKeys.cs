using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Keys;

/// <summary>The keys of this installation: made at first use, shared by its instances, replaced by a rotation.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class AuditKeys(ControlDatabase database, KeyOptions options, TimeProvider clock) : IDisposable
{
    /// <summary>How long an instance may go on with keys that another one may have changed.</summary>
    public static readonly TimeSpan Refresh = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly List<Ed25519Key> _opened = [];
    private volatile Loaded? _signer;
    private Ed25519Key? _witness;
    private KeySeal? _seal;

    /// <summary>The signer with the keys that sign now; costs nothing while they are known.</summary>
    /// <exception cref="StartupException">OpenSSL is missing, or a key cannot be unsealed.</exception>
    public async ValueTask<CheckpointSigner> SignerAsync(CancellationToken cancellationToken)
    {
        if (_signer is { } loaded && IsFresh(loaded))
        {
            return loaded.Signer;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_signer is { } meanwhile && IsFresh(meanwhile))
            {
                return meanwhile.Signer;
            }

            var readAt = clock.GetTimestamp();
            var rows = await RowsAsync(KeyRows.LogPurpose, cancellationToken);
            var signing = rows.Where(static row => !row.IsRetired).ToList();
            var numbers = signing.Select(static row => row.Number).ToArray();
            if (_signer is { } same && same.Numbers.AsSpan().SequenceEqual(numbers))
            {
                _signer = same with { ReadAt = readAt };
                return same.Signer;
            }

            var origin = options.Origin ?? await OriginAsync(cancellationToken);
            var signer = new CheckpointSigner(origin, [.. signing.Select(Open)]);
            _signer = new Loaded(signer, numbers, readAt);
            return signer;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The key that cosigns other logs.</summary>
    public async ValueTask<Ed25519Key> WitnessKeyAsync(CancellationToken cancellationToken)
    {
        if (_witness is { } known)
        {
            return known;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _witness ??= Open((await RowsAsync(KeyRows.WitnessPurpose, cancellationToken))[^1]);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>All keys that ever signed, the oldest first.</summary>
    public Task<IReadOnlyList<KeyRow>> ListAsync(CancellationToken cancellationToken) => RowsAsync(KeyRows.LogPurpose, cancellationToken);

    /// <summary>All keys of a tenant's log with what proves how each came after the one before, the oldest first.</summary>
    public async Task<IReadOnlyList<KnownKey>> KnownAsync(string tenant, CancellationToken cancellationToken)
    {
        var prefix = (await SignerAsync(cancellationToken)).Prefix;
        return await database.ReadAsync(session => KnownKey.ListAsync(session, prefix, tenant), cancellationToken);
    }

    /// <summary>Makes the next use read the keys again.</summary>
    public void Forget()
    {
        if (_signer is { } loaded)
        {
            _signer = loaded with { Numbers = [], ReadAt = null };
        }
    }

    /// <summary>A new key as a row, sealed where a seal is set.</summary>
    public KeyRow NewRow(string purpose, long number)
    {
        var seed = Ed25519Key.NewSeed();
        using var key = Ed25519Key.Open(seed);
        var seal = Seal();
        return new KeyRow
        {
            Purpose = purpose,
            Number = number,
            PublicKey = key.PublicKey,
            PrivateKey = seal is null ? seed : seal.Seal(seed, PurposeOf(purpose, number)),
            Sealed = seal is not null,
            CreatedAtMs = clock.GetUtcNow().ToUnixTimeMilliseconds(),
        };
    }

    public void Dispose()
    {
        _gate.Dispose();
        foreach (var key in _opened)
        {
            key.Dispose();
        }
    }

    private static string PurposeOf(string purpose, long number) => FormattableString.Invariant($"signalbox audit key {purpose} {number}");

    private bool IsFresh(Loaded loaded) =>
        loaded.ReadAt is { } readAt && (!database.IsShared || clock.GetElapsedTime(readAt) < Refresh);

    private async Task<IReadOnlyList<KeyRow>> RowsAsync(string purpose, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(session => KeyRows.ListAsync(session, purpose), cancellationToken);
        if (rows.Count > 0)
        {
            return rows;
        }

        // Several instances may come to this at once: one row gets in, and all of them read that one.
        var first = NewRow(purpose, 1);
        await database.WriteAsync(session => KeyRows.AddAsync(session, first), cancellationToken);
        return await database.ReadAsync(session => KeyRows.ListAsync(session, purpose), cancellationToken);
    }

    private Task<string> OriginAsync(CancellationToken cancellationToken)
    {
        var proposal = $"signalbox-{Guid.CreateVersion7(clock.GetUtcNow()):N}";
        return database.WriteAsync(session => KeyRows.OriginAsync(session, proposal), cancellationToken);
    }

    private Ed25519Key Open(KeyRow row)
    {
        var seed = row.Sealed
            ? (Seal() ?? throw new StartupException("The private key of the audit log is sealed: name the file that it was sealed with in audit.key_file.")).Open(row.PrivateKey, PurposeOf(row.Purpose, row.Number))
            : row.PrivateKey;
        var key = Ed25519Key.Open(seed);
        _opened.Add(key);
        if (!key.PublicKey.AsSpan().SequenceEqual(row.PublicKey))
        {
            throw new StartupException("The public key of the audit log in the database is not that of its private key: the row was altered.");
        }

        return key;
    }

    private KeySeal? Seal() => options.SealFile is null ? null : _seal ??= KeySeal.Read(options.SealFile);

    private sealed record Loaded(CheckpointSigner Signer, long[] Numbers, long? ReadAt);
}
