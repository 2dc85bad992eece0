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
}
