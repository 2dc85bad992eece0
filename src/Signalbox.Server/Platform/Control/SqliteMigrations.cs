using Dapper;
using Microsoft.Data.Sqlite;

namespace Signalbox.Server.Platform.Control;

/// <summary>Brings the control database's file to the schema of this program, all slices in one transaction.</summary>
internal static class SqliteMigrations
{
    private const string JournalTable = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            slice TEXT NOT NULL,
            number INTEGER NOT NULL,
            name TEXT NOT NULL,
            applied_at_ms INTEGER NOT NULL,
            PRIMARY KEY (slice, number)
        ) WITHOUT ROWID
        """;

    /// <returns>How many steps were applied.</returns>
    /// <inheritdoc cref="MigrationPlan.Make" path="/exception"/>
    public static int Run(SqliteConnection connection, IReadOnlyList<IMigrationSource> sources, DateTimeOffset now)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(JournalTable, transaction: transaction);
        var plan = MigrationPlan.Make(connection.DataSource, connection.Query<AppliedMigration>(MigrationPlan.JournalQuery, transaction: transaction), sources);
        foreach (var step in plan)
        {
            connection.Execute(step.Migration.For(SqliteDialect.Instance), transaction: transaction);
            connection.Execute(MigrationPlan.JournalInsert, step.Row(now), transaction);
        }

        transaction.Commit();
        return plan.Count;
    }
}
