using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Identity.Users;

/// <summary>The table of users.</summary>
internal static class UserStore
{
    private const string Columns =
        "id, tenant, name, name_key, role, tenants, password, must_set_password, disabled, created_at_ms, created_by, last_sign_in_at_ms";

    public static string KeyOf(string name) => name.ToLowerInvariant();

    public static Task<UserRow?> FindAsync(ControlSession session, string id) =>
        session.FindAsync<UserRow>($"SELECT {Columns} FROM users WHERE id = @id", new { id });

    public static Task<UserRow?> FindAsync(ControlSession session, string tenant, string id) =>
        session.FindAsync<UserRow>($"SELECT {Columns} FROM users WHERE tenant = @tenant AND id = @id", new { tenant, id });

    /// <summary>Like <see cref="FindAsync(ControlSession, string)"/>; until the transaction ends nobody else changes the user.</summary>
    public static Task<UserRow?> TakeAsync(ControlSession session, string id) =>
        session.FindAsync<UserRow>($"SELECT {Columns} FROM users WHERE id = @id {session.Dialect.ForUpdate}", new { id });

    /// <summary>Like <see cref="FindAsync(ControlSession, string, string)"/>; until the transaction ends nobody else changes the user.</summary>
    public static Task<UserRow?> TakeAsync(ControlSession session, string tenant, string id) =>
        session.FindAsync<UserRow>($"SELECT {Columns} FROM users WHERE tenant = @tenant AND id = @id {session.Dialect.ForUpdate}", new { tenant, id });

    public static Task<UserRow?> FindByNameAsync(ControlSession session, string tenant, string name) =>
        session.FindAsync<UserRow>($"SELECT {Columns} FROM users WHERE tenant = @tenant AND name_key = @key", new { tenant, key = KeyOf(name) });

    /// <summary>In the order in which they were created.</summary>
    /// <param name="after">Id of the last user of the page before; null for the first page.</param>
    public static Task<IReadOnlyList<UserRow>> ListAsync(ControlSession session, string tenant, string? after, int limit) => session.ListAsync<UserRow>(
        $"""
        SELECT {Columns}, (SELECT max(last_seen_at_ms) FROM sessions WHERE user_id = users.id) AS last_seen_at_ms
        FROM users WHERE tenant = @tenant AND (@after IS NULL OR id > @after) ORDER BY id LIMIT @limit
        """,
        new { tenant, after, limit });

    public static Task<long> CountAsync(ControlSession session, string tenant) =>
        session.ValueAsync<long>("SELECT count(*) FROM users WHERE tenant = @tenant", new { tenant });

    /// <summary>Enabled admins of a tenant other than one user.</summary>
    /// <param name="spanning">Count only those who reach every tenant.</param>
    public static Task<long> CountOtherAdminsAsync(ControlSession session, string tenant, string id, bool spanning) => session.ValueAsync<long>(
        "SELECT count(*) FROM users WHERE tenant = @tenant AND role = 'admin' AND disabled = 0 AND id <> @id AND (@spanning = 0 OR tenants = '*')", new { tenant, id, spanning });

    /// <summary>The user for whom the start prints a link: the first enabled admin of all tenants, as long as nobody has a password.</summary>
    public static async Task<UserRow?> FindForStartLinkAsync(ControlSession session)
    {
        var passwords = await session.ValueAsync<long>("SELECT count(*) FROM users WHERE password IS NOT NULL");
        return passwords > 0
            ? null
            : await session.FindAsync<UserRow>($"SELECT {Columns} FROM users WHERE tenant = 'default' AND role = 'admin' AND disabled = 0 ORDER BY id LIMIT 1");
    }

    public static Task InsertAsync(ControlSession session, UserRow user) => session.ExecuteAsync(
        """
        INSERT INTO users (id, tenant, name, name_key, role, tenants, password, must_set_password, disabled, created_at_ms, created_by)
        VALUES (@Id, @Tenant, @Name, @NameKey, @Role, @Tenants, @Password, @MustSetPassword, @Disabled, @CreatedAtMs, @CreatedBy)
        """,
        user);

    public static Task UpdateAsync(ControlSession session, UserRow user) => session.ExecuteAsync(
        """
        UPDATE users SET name = @Name, name_key = @NameKey, role = @Role, tenants = @Tenants, password = @Password,
            must_set_password = @MustSetPassword, disabled = @Disabled WHERE id = @Id
        """,
        user);

    public static Task SignedInAsync(ControlSession session, string id, string? password, long nowMs) =>
        session.ExecuteAsync("UPDATE users SET last_sign_in_at_ms = @nowMs, password = @password WHERE id = @id", new { id, password, nowMs });

    public static Task DeleteAsync(ControlSession session, string id) => session.ExecuteAsync("DELETE FROM users WHERE id = @id", new { id });
}

/// <summary>One user as stored.</summary>
internal sealed record UserRow
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>As its owner writes it.</summary>
    public required string Name { get; init; }

    /// <summary>The name by which it is found, whatever the case.</summary>
    public required string NameKey { get; init; }

    public required string Role { get; init; }

    public string? Tenants { get; init; }

    /// <summary>PBKDF2 with its parameters; null until the user has set one.</summary>
    public string? Password { get; init; }

    public bool MustSetPassword { get; init; }

    public bool Disabled { get; init; }

    public required long CreatedAtMs { get; init; }

    public required string CreatedBy { get; init; }

    public long? LastSignInAtMs { get; init; }

    /// <summary>Last request of any open session; read in lists only.</summary>
    public long? LastSeenAtMs { get; init; }

    // A record's text ends up in logs sooner or later; the hash must not.
    public override string ToString() => $"UserRow {{ Id = {Id} }}";
}
