using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Signalbox.Server.Platform.Control;

/// <summary>Brings the control database to the schema of this program, all slices in one transaction.</summary>
internal static class MigrationRunner
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
    /// <exception cref="StartupException">The database was written by a newer program.</exception>
    /// <exception cref="InvalidOperationException">A slice numbers its steps wrongly.</exception>
    public static int Run(SqliteConnection connection, IReadOnlyList<IMigrationSource> sources, DateTimeOffset now)
    {
        foreach (var source in sources)
        {
            CheckNumbers(source);
        }

        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(JournalTable, transaction: transaction);
        var applied = connection.Query<AppliedMigration>("SELECT slice, number, name FROM schema_migrations", transaction: transaction).ToList();
        RefuseNewer(connection.DataSource, applied, sources);
        var count = 0;
        foreach (var source in sources)
        {
            var done = applied.Where(step => step.Slice == source.Slice).Select(static step => step.Number).ToHashSet();
            foreach (var migration in source.Migrations.Where(migration => !done.Contains(migration.Number)))
            {
                connection.Execute(migration.For(SqliteDialect.Instance), transaction: transaction);
                connection.Execute(
                    "INSERT INTO schema_migrations (slice, number, name, applied_at_ms) VALUES (@slice, @number, @name, @now)",
                    new { slice = source.Slice, number = migration.Number, name = migration.Name, now = now.ToUnixTimeMilliseconds() },
                    transaction);
                count++;
            }
        }

        transaction.Commit();
        return count;
    }

    private static void CheckNumbers(IMigrationSource source)
    {
        for (var index = 0; index < source.Migrations.Count; index++)
        {
            if (source.Migrations[index].Number != index + 1)
            {
                throw new InvalidOperationException(
                    string.Create(CultureInfo.InvariantCulture, $"Migration {index + 1} of slice {source.Slice} carries the number {source.Migrations[index].Number}."));
            }
        }
    }

    private static void RefuseNewer(string file, List<AppliedMigration> applied, IReadOnlyList<IMigrationSource> sources)
    {
        var unknown = applied.FirstOrDefault(step => sources.All(source => source.Slice != step.Slice || source.Migrations.Count < step.Number));
        if (unknown is not null)
        {
            throw new StartupException(string.Create(
                CultureInfo.InvariantCulture,
                $"The control database {file} was written by a newer Signalbox: this version does not know its step {unknown.Number} of {unknown.Slice} ({unknown.Name}). Start the newer version, or restore the folder from a backup."));
        }
    }

    private sealed record AppliedMigration
    {
        public required string Slice { get; init; }

        public required int Number { get; init; }

        public required string Name { get; init; }
    }
}
