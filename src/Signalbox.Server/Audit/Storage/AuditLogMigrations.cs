using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Storage;

/// <summary>The tables of the audit log itself, which refuse to be changed.</summary>
/// <remarks>
/// The triggers are there against accidents and hurried hands: whoever owns the database can drop them, and what they then change is found by the tree.
/// MySQL has no trigger for TRUNCATE, but refuses it for a table that a foreign key points to, which is what <c>audit_guards</c> is there for.
/// </remarks>
internal sealed class AuditLogMigrations : IMigrationSource
{
    public string Slice => "audit-log";

    public string File => AuditDatabase.FileName;

    public IReadOnlyList<Migration> Migrations { get; } =
    [
        new(1, "logs, events and tiles", Tables),
        new(2, "append-only", AuditLogTriggers.Sqlite) { PostgreSql = AuditLogTriggers.PostgreSql, MySql = AuditLogTriggers.MySql },
    ];

    /// <summary>
    /// <c>first</c> is the lowest sequence whose payload is kept. A position is the log's number times 2^40 plus the sequence, so that one log's events lie
    /// side by side and new ones are added at its end. A tile holds 256 hashes and is kept for good. <c>audit_seen</c> has the ids that may come a second time.
    /// </summary>
    private const string Tables = """
        CREATE TABLE audit_logs (
            log {int} NOT NULL PRIMARY KEY,
            tenant {name} NOT NULL UNIQUE,
            size {bigint} NOT NULL,
            first {bigint} NOT NULL,
            root {hash} NOT NULL,
            checkpoint {text} NOT NULL,
            time_ms {bigint} NOT NULL
        );
        CREATE TABLE audit_events (
            position {bigint} NOT NULL PRIMARY KEY,
            time_ms {bigint} NOT NULL,
            leaf {hash} NOT NULL,
            body {bytes} NOT NULL
        );
        CREATE TABLE audit_tiles (
            log {int} NOT NULL,
            level {int} NOT NULL,
            number {bigint} NOT NULL,
            hashes {bytes} NOT NULL,
            PRIMARY KEY (log, level, number)
        );
        CREATE TABLE audit_checkpoints (
            log {int} NOT NULL,
            size {bigint} NOT NULL,
            time_ms {bigint} NOT NULL,
            note {text} NOT NULL,
            PRIMARY KEY (log, size)
        );
        CREATE TABLE audit_seen (
            log {int} NOT NULL,
            event_id {id} NOT NULL,
            sequence {bigint} NOT NULL,
            PRIMARY KEY (log, event_id)
        );
        CREATE INDEX audit_seen_by_sequence ON audit_seen (log, sequence);
        """;
}
