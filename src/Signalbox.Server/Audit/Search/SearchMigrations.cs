using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Search;

/// <summary>The tables of the audit log's index, which can be made again from the events.</summary>
internal sealed class SearchMigrations : IMigrationSource
{
    public string Slice => "audit-search";

    public string File => AuditDatabase.FileName;

    public IReadOnlyList<Migration> Migrations { get; } =
    [
        // Rows are a page's fraction and do not compress: moved out of their page they would only be read more slowly.
        new(1, "eras and index", Tables) { PostgreSql = Tables + "\nALTER TABLE audit_index ALTER COLUMN postings SET STORAGE EXTERNAL;\nALTER TABLE audit_index SET (toast_tuple_target = 8160);\n" },
    ];

    /// <summary>A position of the index is <see cref="EraShape.Position"/>; <c>postings</c> is a <see cref="PartRow"/>, <c>tile_times</c> are <see cref="TileTimes"/>.</summary>
    private const string Tables = """
        CREATE TABLE audit_eras (
            log {int} NOT NULL,
            era {bigint} NOT NULL,
            first_ms {bigint} NOT NULL,
            last_ms {bigint} NOT NULL,
            tile_times {bytes} NOT NULL,
            PRIMARY KEY (log, era)
        );
        CREATE TABLE audit_index (
            position {bigint} NOT NULL PRIMARY KEY,
            postings {bytes} NOT NULL
        );
        """;
}
