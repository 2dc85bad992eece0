using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Identity;

/// <summary>The tables of tenants, users, sessions, sign-in links and tokens.</summary>
internal sealed class IdentityMigrations : IMigrationSource
{
    public string Slice => "identity";

    /// <summary>Secrets are stored as SHA-256, passwords as PBKDF2; <c>scopes</c> and <c>tenants</c> are separated by blanks, null for no narrowing and for the own tenant alone.</summary>
    public IReadOnlyList<Migration> Migrations { get; } =
    [
        new(1, "tenants, users, sessions, links, tokens", """
            CREATE TABLE tenants (
                name TEXT NOT NULL PRIMARY KEY,
                display_name TEXT NOT NULL,
                created_at_ms INTEGER NOT NULL
            );

            CREATE TABLE users (
                id TEXT NOT NULL PRIMARY KEY,
                tenant TEXT NOT NULL REFERENCES tenants (name),
                name TEXT NOT NULL,
                name_key TEXT NOT NULL,
                role TEXT NOT NULL,
                tenants TEXT NULL,
                password TEXT NULL,
                must_set_password INTEGER NOT NULL,
                disabled INTEGER NOT NULL,
                created_at_ms INTEGER NOT NULL,
                created_by TEXT NOT NULL,
                last_sign_in_at_ms INTEGER NULL,
                UNIQUE (tenant, name_key)
            );

            CREATE TABLE sessions (
                hash BLOB NOT NULL PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                tenant TEXT NOT NULL,
                created_at_ms INTEGER NOT NULL,
                last_seen_at_ms INTEGER NOT NULL,
                expires_at_ms INTEGER NOT NULL
            );
            CREATE INDEX sessions_by_user ON sessions (user_id, last_seen_at_ms);
            CREATE INDEX sessions_by_expiry ON sessions (expires_at_ms);

            CREATE TABLE sign_in_links (
                hash BLOB NOT NULL PRIMARY KEY,
                user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                expires_at_ms INTEGER NOT NULL
            );
            CREATE INDEX sign_in_links_by_user ON sign_in_links (user_id);

            CREATE TABLE tokens (
                id TEXT NOT NULL PRIMARY KEY,
                tenant TEXT NOT NULL REFERENCES tenants (name),
                name TEXT NOT NULL,
                prefix TEXT NOT NULL,
                hash BLOB NOT NULL UNIQUE,
                role TEXT NOT NULL,
                scopes TEXT NULL,
                tenants TEXT NULL,
                created_at_ms INTEGER NOT NULL,
                created_by TEXT NOT NULL,
                expires_at_ms INTEGER NULL,
                last_used_at_ms INTEGER NULL,
                revoked_at_ms INTEGER NULL
            );
            CREATE INDEX tokens_by_tenant ON tokens (tenant, id);
            """),
    ];
}
