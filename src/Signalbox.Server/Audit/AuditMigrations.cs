using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit;

/// <summary>What the audit log keeps in the control database: mandatory events on their way into the log.</summary>
/// <remarks>The log itself has its own schema: on SQLite it is a file of its own.</remarks>
internal sealed class AuditMigrations : IMigrationSource
{
    public string Slice => "audit";

    public IReadOnlyList<Migration> Migrations { get; } =
    [
        new(1, "outbox", Outbox),
        new(2, "filters", Filters),
        new(3, "keys", Keys),
        new(4, "settings", Settings),
        new(5, "witness", Witness),
    ];

    /// <summary><c>body</c> is the record as it will be stored; <c>at_ms</c> is when it was made.</summary>
    private const string Outbox = """
        CREATE TABLE audit_outbox (
            id {id} NOT NULL PRIMARY KEY,
            tenant {name} NOT NULL,
            at_ms {bigint} NOT NULL,
            body {bytes} NOT NULL
        );
        CREATE INDEX audit_outbox_by_time ON audit_outbox (at_ms, id);
        """;

    /// <summary>A query is kept as the address of the list has it.</summary>
    private const string Filters = """
        CREATE TABLE audit_filters (
            tenant {name} NOT NULL,
            user_id {name} NOT NULL,
            name {name} NOT NULL,
            query {text} NOT NULL,
            changed_at_ms {bigint} NOT NULL,
            PRIMARY KEY (tenant, user_id, name)
        );
        """;

    /// <summary>
    /// <c>audit_keys</c> has the keys that sign checkpoints (<c>log</c>) and those of other logs (<c>witness</c>); of a retired one only the public half is
    /// left. <c>audit_key_changes</c> has, a tenant, the checkpoint over the record of the change that both the old and the new key signed. <c>audit_identity</c> is one row: the name that the installation made for its logs.
    /// </summary>
    private const string Keys = """
        CREATE TABLE audit_keys (
            purpose {id} NOT NULL,
            number {bigint} NOT NULL,
            public_key {hash} NOT NULL,
            private_key {bytes} NOT NULL,
            is_sealed {bool} NOT NULL,
            created_at_ms {bigint} NOT NULL,
            retired_at_ms {bigint} NULL,
            PRIMARY KEY (purpose, number)
        );

        CREATE TABLE audit_key_changes (
            tenant {name} NOT NULL,
            number {bigint} NOT NULL,
            note {text} NOT NULL,
            PRIMARY KEY (tenant, number)
        );

        CREATE TABLE audit_identity (
            id {int} NOT NULL PRIMARY KEY,
            origin {name} NOT NULL
        );
        """;

    /// <summary>A row only for tenants that chose a retention of their own.</summary>
    private const string Settings = """
        CREATE TABLE audit_settings (
            tenant {name} NOT NULL PRIMARY KEY,
            retention_days {int} NOT NULL,
            changed_at_ms {bigint} NOT NULL,
            changed_by {name} NOT NULL
        );
        """;

    /// <summary>
    /// <c>audit_witnessed</c> has, for each other log, the state that was cosigned last; <c>audit_cosignatures</c> what witnesses said to our own checkpoints.
    /// </summary>
    private const string Witness = """
        CREATE TABLE audit_witnessed (
            origin {name} NOT NULL PRIMARY KEY,
            size {bigint} NOT NULL,
            root {hash} NOT NULL,
            note {text} NOT NULL,
            at_ms {bigint} NOT NULL
        );

        CREATE TABLE audit_cosignatures (
            tenant {name} NOT NULL,
            size {bigint} NOT NULL,
            witness {name} NOT NULL,
            line {text} NOT NULL,
            at_ms {bigint} NOT NULL,
            PRIMARY KEY (tenant, size, witness)
        );
        """;
}
