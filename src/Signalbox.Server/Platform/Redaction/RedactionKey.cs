using System.Security.Cryptography;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Platform.Redaction;

/// <summary>The key of tags: made at the installation's first start, and the same for all its instances for good.</summary>
internal static class RedactionKey
{
    /// <summary>Bytes; as many as the hash of the HMAC has.</summary>
    public const int Length = 32;

    private const string Select = "SELECT secret FROM redaction_key WHERE id = 1";

    /// <exception cref="StartupException">The row was altered.</exception>
    public static async Task<byte[]> ReadAsync(ControlDatabase database, TimeProvider clock, CancellationToken cancellationToken)
    {
        var key = await database.ReadAsync(static session => session.FindAsync<byte[]>(Select), cancellationToken) ?? await MakeAsync(database, clock, cancellationToken);
        return key.Length == Length
            ? key
            : throw new StartupException($"The key in the table redaction_key of the control database has {key.Length} bytes instead of {Length}: the row was altered. Restore it from a backup, or delete it; then equal secrets in new audit records no longer look like those in old ones.");
    }

    /// <summary>Several instances may come to this at once: one row gets in, and all of them take that one.</summary>
    private static Task<byte[]> MakeAsync(ControlDatabase database, TimeProvider clock, CancellationToken cancellationToken)
    {
        var proposal = new { secret = RandomNumberGenerator.GetBytes(Length), now = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        return database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync(session.Dialect.InsertIgnore("redaction_key (id, secret, created_at_ms) VALUES (1, @secret, @now)"), proposal);
                return await session.ValueAsync<byte[]>(Select);
            },
            repeatable: true,
            cancellationToken);
    }
}
