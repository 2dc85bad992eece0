using Signalbox.Server.Identity.Access;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Identity.Tokens;

/// <summary>The table of API tokens.</summary>
internal static class TokenStore
{
    private const string Columns = "id, tenant, name, prefix, role, scopes, tenants, created_at_ms, created_by, expires_at_ms, last_used_at_ms, revoked_at_ms";

    public static Task<TokenRow?> FindByHashAsync(ControlSession session, SecretHash hash) =>
        session.FindAsync<TokenRow>($"SELECT {Columns} FROM tokens WHERE hash = @hash", new { hash = hash.ToBytes() });

    public static Task<TokenRow?> FindAsync(ControlSession session, string tenant, string id) =>
        session.FindAsync<TokenRow>($"SELECT {Columns} FROM tokens WHERE tenant = @tenant AND id = @id", new { tenant, id });

    /// <summary>Newest first.</summary>
    /// <param name="after">Id of the last token of the page before; null for the first page.</param>
    public static Task<IReadOnlyList<TokenRow>> ListAsync(ControlSession session, string tenant, string? after, int limit) => session.ListAsync<TokenRow>(
        $"SELECT {Columns} FROM tokens WHERE tenant = @tenant AND (@after IS NULL OR id < @after) ORDER BY id DESC LIMIT @limit", new { tenant, after, limit });

    public static Task<long> CountUsableAsync(ControlSession session, string tenant) =>
        session.ValueAsync<long>("SELECT count(*) FROM tokens WHERE tenant = @tenant AND revoked_at_ms IS NULL", new { tenant });

    public static Task InsertAsync(ControlSession session, TokenRow token, SecretHash hash) => session.ExecuteAsync(
        """
        INSERT INTO tokens (id, tenant, name, prefix, hash, role, scopes, tenants, created_at_ms, created_by, expires_at_ms)
        VALUES (@Id, @Tenant, @Name, @Prefix, @hash, @Role, @Scopes, @Tenants, @CreatedAtMs, @CreatedBy, @ExpiresAtMs)
        """,
        new { token.Id, token.Tenant, token.Name, token.Prefix, hash = hash.ToBytes(), token.Role, token.Scopes, token.Tenants, token.CreatedAtMs, token.CreatedBy, token.ExpiresAtMs });

    /// <returns>1, or 0 when it was revoked already.</returns>
    public static Task<int> RevokeAsync(ControlSession session, string id, long nowMs) =>
        session.ExecuteAsync("UPDATE tokens SET revoked_at_ms = @nowMs WHERE id = @id AND revoked_at_ms IS NULL", new { id, nowMs });

    public static Task UsedAsync(ControlSession session, string id, long atMs) =>
        session.ExecuteAsync($"UPDATE tokens SET last_used_at_ms = {session.Dialect.Greatest("coalesce(last_used_at_ms, 0)", "@atMs")} WHERE id = @id", new { id, atMs });
}

/// <summary>One API token as stored; its secret is not.</summary>
internal sealed record TokenRow
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    public required string Name { get; init; }

    public required string Prefix { get; init; }

    public required string Role { get; init; }

    public string? Scopes { get; init; }

    public string? Tenants { get; init; }

    public required long CreatedAtMs { get; init; }

    public required string CreatedBy { get; init; }

    public long? ExpiresAtMs { get; init; }

    public long? LastUsedAtMs { get; init; }

    public long? RevokedAtMs { get; init; }
}
