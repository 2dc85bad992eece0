using Signalbox.Server.Identity.Access;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Identity.Sessions;

/// <summary>The table of console sessions.</summary>
internal static class SessionStore
{
    public static Task<SessionRow?> FindAsync(ControlSession session, SecretHash hash) => session.FindAsync<SessionRow>(
        """
        SELECT s.user_id, s.tenant, s.last_seen_at_ms, s.expires_at_ms,
               u.name AS user_name, u.tenant AS home, u.role, u.tenants, u.must_set_password, u.disabled
        FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.hash = @hash
        """,
        new { hash = hash.ToBytes() });

    public static Task InsertAsync(ControlSession session, SecretHash hash, string userId, string tenant, long nowMs, long expiresAtMs) => session.ExecuteAsync(
        "INSERT INTO sessions (hash, user_id, tenant, created_at_ms, last_seen_at_ms, expires_at_ms) VALUES (@hash, @userId, @tenant, @nowMs, @nowMs, @expiresAtMs)",
        new { hash = hash.ToBytes(), userId, tenant, nowMs, expiresAtMs });

    /// <summary>Ends those unused longest, so that <paramref name="keep"/> remain.</summary>
    public static Task TrimAsync(ControlSession session, string userId, int keep) => session.ExecuteAsync(
        $"""
        DELETE FROM sessions WHERE hash IN (
            SELECT hash FROM (
                SELECT hash FROM sessions WHERE user_id = @userId ORDER BY last_seen_at_ms DESC, created_at_ms DESC LIMIT {IControlDialect.NoLimit} OFFSET @keep) AS surplus)
        """,
        new { userId, keep });

    public static Task<int> SeenAsync(ControlSession session, SecretHash hash, long nowMs) =>
        session.ExecuteAsync($"UPDATE sessions SET last_seen_at_ms = {session.Dialect.Greatest("last_seen_at_ms", "@nowMs")} WHERE hash = @hash", new { hash = hash.ToBytes(), nowMs });

    public static Task ChooseTenantAsync(ControlSession session, SecretHash hash, string tenant) =>
        session.ExecuteAsync("UPDATE sessions SET tenant = @tenant WHERE hash = @hash", new { hash = hash.ToBytes(), tenant });

    public static Task DeleteAsync(ControlSession session, SecretHash hash) => session.ExecuteAsync("DELETE FROM sessions WHERE hash = @hash", new { hash = hash.ToBytes() });

    public static Task DeleteOfUserAsync(ControlSession session, string userId) => session.ExecuteAsync("DELETE FROM sessions WHERE user_id = @userId", new { userId });

    /// <returns>How many had ended.</returns>
    public static Task<int> DeleteEndedAsync(ControlSession session, long nowMs, long idleSinceMs) =>
        session.ExecuteAsync("DELETE FROM sessions WHERE expires_at_ms <= @nowMs OR last_seen_at_ms <= @idleSinceMs", new { nowMs, idleSinceMs });
}

/// <summary>One session with its user, as read for a request.</summary>
internal sealed record SessionRow
{
    public required string UserId { get; init; }

    public required string UserName { get; init; }

    /// <summary>The tenant chosen in this session.</summary>
    public required string Tenant { get; init; }

    /// <summary>The tenant of the user.</summary>
    public required string Home { get; init; }

    public required string Role { get; init; }

    public string? Tenants { get; init; }

    public bool MustSetPassword { get; init; }

    public bool Disabled { get; init; }

    public required long LastSeenAtMs { get; init; }

    public required long ExpiresAtMs { get; init; }
}
