using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Identity.Users;

/// <summary>The table of users.</summary>
internal static class UserStore
{
    public static Task InsertAsync(ControlSession session, UserRow user) => session.ExecuteAsync(
        """
        INSERT INTO users (id, tenant, name, name_key, role, tenants, password, must_set_password, disabled, created_at_ms, created_by)
        VALUES (@Id, @Tenant, @Name, @NameKey, @Role, @Tenants, @Password, @MustSetPassword, @Disabled, @CreatedAtMs, @CreatedBy)
        """,
        user);
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

    // A record's text ends up in logs sooner or later; the hash must not.
    public override string ToString() => $"UserRow {{ Id = {Id} }}";
}
