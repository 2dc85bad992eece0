using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Keys;

/// <summary>The rows of signing keys and of the installation's name.</summary>
internal static class KeyRows
{
    /// <summary>The key that signs checkpoints.</summary>
    public const string LogPurpose = "log";

    /// <summary>The key that cosigns other logs' checkpoints: the specification wants one of its own.</summary>
    public const string WitnessPurpose = "witness";

    private const string Columns = "purpose, number, public_key, private_key, is_sealed AS sealed, created_at_ms, retired_at_ms";

    /// <returns>All keys of a purpose, the oldest first.</returns>
    public static Task<IReadOnlyList<KeyRow>> ListAsync(ControlSession session, string purpose) =>
        session.ListAsync<KeyRow>($"SELECT {Columns} FROM audit_keys WHERE purpose = @purpose ORDER BY number", new { purpose });

    /// <summary>Adds a key unless another instance was faster; the caller reads afterwards which it is.</summary>
    public static Task AddAsync(ControlSession session, KeyRow key) => session.ExecuteAsync(
        session.Dialect.InsertIgnore(
            "audit_keys (purpose, number, public_key, private_key, is_sealed, created_at_ms, retired_at_ms) VALUES (@Purpose, @Number, @PublicKey, @PrivateKey, @Sealed, @CreatedAtMs, NULL)"),
        key);

    /// <summary>Ends a key, and forgets its private half.</summary>
    public static Task<int> RetireAsync(ControlSession session, string purpose, long number, long nowMs) => session.ExecuteAsync(
        "UPDATE audit_keys SET retired_at_ms = @nowMs, private_key = @nothing WHERE purpose = @purpose AND number = @number AND retired_at_ms IS NULL",
        new { purpose, number, nowMs, nothing = Array.Empty<byte>() });

    /// <summary>The name that this installation made for itself at its first start.</summary>
    public static async Task<string> OriginAsync(ControlSession session, string proposal)
    {
        await session.ExecuteAsync(session.Dialect.InsertIgnore("audit_identity (id, origin) VALUES (1, @proposal)"), new { proposal });
        return await session.ValueAsync<string>("SELECT origin FROM audit_identity WHERE id = 1");
    }

    /// <summary>Keeps the checkpoint that proves a change of keys to the verifiers of a tenant's log.</summary>
    public static Task AddChangeAsync(ControlSession session, string tenant, long number, string note) => session.ExecuteAsync(
        session.Dialect.InsertIgnore("audit_key_changes (tenant, number, note) VALUES (@tenant, @number, @note)"), new { tenant, number, note });

    /// <summary>The notes of <see cref="AddChangeAsync"/> by the number of the new key.</summary>
    public static async Task<IReadOnlyDictionary<long, string>> ChangesAsync(ControlSession session, string tenant) =>
        (await session.ListAsync<ChangeRow>("SELECT number, note FROM audit_key_changes WHERE tenant = @tenant", new { tenant })).ToDictionary(static row => row.Number, static row => row.Note);

    /// <summary>The name that the installation has; null before its first start.</summary>
    public static Task<string?> FindOriginAsync(ControlSession session) => session.FindAsync<string>("SELECT origin FROM audit_identity WHERE id = 1");

    private sealed record ChangeRow
    {
        public required long Number { get; init; }

        public required string Note { get; init; }
    }
}
