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
                name {name} NOT NULL PRIMARY KEY,
                display_name {name} NOT NULL,
                created_at_ms {bigint} NOT NULL
            );

            CREATE TABLE users (
                id {id} NOT NULL PRIMARY KEY,
                tenant {name} NOT NULL REFERENCES tenants (name),
                name {name} NOT NULL,
                name_key {name} NOT NULL,
                role {name} NOT NULL,
                tenants {text} NULL,
                password {text} NULL,
                must_set_password {bool} NOT NULL,
                disabled {bool} NOT NULL,
                created_at_ms {bigint} NOT NULL,
                created_by {name} NOT NULL,
                last_sign_in_at_ms {bigint} NULL,
                UNIQUE (tenant, name_key)
            );

            CREATE TABLE sessions (
                hash {hash} NOT NULL PRIMARY KEY,
                user_id {id} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                tenant {name} NOT NULL,
                created_at_ms {bigint} NOT NULL,
                last_seen_at_ms {bigint} NOT NULL,
                expires_at_ms {bigint} NOT NULL
            );
            CREATE INDEX sessions_by_user ON sessions (user_id, last_seen_at_ms);
            CREATE INDEX sessions_by_expiry ON sessions (expires_at_ms);

            CREATE TABLE sign_in_links (
                hash {hash} NOT NULL PRIMARY KEY,
                user_id {id} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
                expires_at_ms {bigint} NOT NULL
            );
            CREATE INDEX sign_in_links_by_user ON sign_in_links (user_id);

            CREATE TABLE tokens (
                id {id} NOT NULL PRIMARY KEY,
                tenant {name} NOT NULL REFERENCES tenants (name),
                name {name} NOT NULL,
                prefix {name} NOT NULL,
                hash {hash} NOT NULL UNIQUE,
                role {name} NOT NULL,
                scopes {text} NULL,
                tenants {text} NULL,
                created_at_ms {bigint} NOT NULL,
                created_by {name} NOT NULL,
                expires_at_ms {bigint} NULL,
                last_used_at_ms {bigint} NULL,
                revoked_at_ms {bigint} NULL
            );
            CREATE INDEX tokens_by_tenant ON tokens (tenant, id);
            """)
        {
            MySql = """
            CREATE TABLE tenants (
                name {name} NOT NULL PRIMARY KEY,
                display_name {name} NOT NULL,
                created_at_ms {bigint} NOT NULL
            );

            CREATE TABLE users (
                id {id} NOT NULL PRIMARY KEY,
                tenant {name} NOT NULL,
                name {name} NOT NULL,
                name_key {name} NOT NULL,
                role {name} NOT NULL,
                tenants {text} NULL,
                password {text} NULL,
                must_set_password {bool} NOT NULL,
                disabled {bool} NOT NULL,
                created_at_ms {bigint} NOT NULL,
                created_by {name} NOT NULL,
                last_sign_in_at_ms {bigint} NULL,
                UNIQUE (tenant, name_key),
                FOREIGN KEY (tenant) REFERENCES tenants (name)
            );

            CREATE TABLE sessions (
                hash {hash} NOT NULL PRIMARY KEY,
                user_id {id} NOT NULL,
                tenant {name} NOT NULL,
                created_at_ms {bigint} NOT NULL,
                last_seen_at_ms {bigint} NOT NULL,
                expires_at_ms {bigint} NOT NULL,
                FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
            );
            CREATE INDEX sessions_by_user ON sessions (user_id, last_seen_at_ms);
            CREATE INDEX sessions_by_expiry ON sessions (expires_at_ms);

            CREATE TABLE sign_in_links (
                hash {hash} NOT NULL PRIMARY KEY,
                user_id {id} NOT NULL,
                expires_at_ms {bigint} NOT NULL,
                FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
            );
            CREATE INDEX sign_in_links_by_user ON sign_in_links (user_id);

            CREATE TABLE tokens (
                id {id} NOT NULL PRIMARY KEY,
                tenant {name} NOT NULL,
                name {name} NOT NULL,
                prefix {name} NOT NULL,
                hash {hash} NOT NULL UNIQUE,
                role {name} NOT NULL,
                scopes {text} NULL,
                tenants {text} NULL,
                created_at_ms {bigint} NOT NULL,
                created_by {name} NOT NULL,
                expires_at_ms {bigint} NULL,
                last_used_at_ms {bigint} NULL,
                revoked_at_ms {bigint} NULL,
                FOREIGN KEY (tenant) REFERENCES tenants (name)
            );
            CREATE INDEX tokens_by_tenant ON tokens (tenant, id);
            """,
        },
    ];
}
