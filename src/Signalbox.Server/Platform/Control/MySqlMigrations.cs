using System.Data.Common;
using Dapper;
using MySql.Data.MySqlClient;

namespace Signalbox.Server.Platform.Control;

/// <summary>Brings a MySQL or MariaDB to the schema of this program.</summary>
/// <remarks>
/// These databases commit each change of a table at once, so a step cannot be undone as a whole. Instead the journal counts the statements of the step in
/// hand, and the next start goes on after the last one; only the statement at which it was cut off may turn out to be done already.
/// </remarks>
internal static class MySqlMigrations
{
    private const int LockSeconds = 120;

    private const string JournalTables = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            slice {name} NOT NULL,
            number {int} NOT NULL,
            name {name} NOT NULL,
            applied_at_ms {bigint} NOT NULL,
            PRIMARY KEY (slice, number)
        ) ENGINE = InnoDB;
        CREATE TABLE IF NOT EXISTS schema_progress (
            slice {name} NOT NULL PRIMARY KEY,
            number {int} NOT NULL,
            statements {int} NOT NULL
        ) ENGINE = InnoDB
        """;

    /// <summary>Table, column, index or trigger exists already.</summary>
    private static readonly HashSet<int> DoneAlready = [1050, 1060, 1061, 1359];

    public static int Run(DbConnection connection, ControlTarget target, IReadOnlyList<IMigrationSource> sources, DateTimeOffset now)
    {
        // The silence that other connections may keep is too short for one that waits for its turn.
        connection.Execute("SET SESSION wait_timeout = 600, lock_wait_timeout = 120; SET /*M! SESSION max_statement_time = 0, */ SESSION default_storage_engine = InnoDB");
        var name = LockName(target);
        if (connection.ExecuteScalar<long?>("SELECT GET_LOCK(@name, @seconds)", new { name, seconds = LockSeconds }, commandTimeout: LockSeconds + 10) != 1)
        {
            throw new StartupException($"Another instance has been changing the schema of {target} for more than {LockSeconds} seconds. Start this one again when it is done.");
        }

        try
        {
            connection.Execute(ColumnTypes.Fill(JournalTables, MySqlDialect.Instance));
            var plan = MigrationPlan.Make(target.ToString(), connection.Query<AppliedMigration>(MigrationPlan.JournalQuery), sources);
            foreach (var step in plan)
            {
                Apply(connection, step, now);
            }

            return plan.Count;
        }
        finally
        {
            connection.Execute("DO RELEASE_LOCK(@name)", new { name });
        }
    }

    private static void Apply(DbConnection connection, PlannedMigration step, DateTimeOffset now)
    {
        var key = new { slice = step.Slice, number = step.Migration.Number };
        var done = connection.ExecuteScalar<int?>("SELECT statements FROM schema_progress WHERE slice = @slice AND number = @number", key);
        var statements = Statements(step.Migration.For(MySqlDialect.Instance));
        for (var index = done ?? 0; index < statements.Count; index++)
        {
            try
            {
                connection.Execute(statements[index], commandTimeout: 0);
            }
            catch (MySqlException exception) when (index == done && DoneAlready.Contains(exception.Number))
            {
                // The start before this one was cut off between the statement and its note.
            }

            connection.Execute(
                "INSERT INTO schema_progress (slice, number, statements) VALUES (@slice, @number, @count) ON DUPLICATE KEY UPDATE number = VALUES(number), statements = VALUES(statements)",
                new { slice = step.Slice, number = step.Migration.Number, count = index + 1 });
        }

        connection.Execute(MigrationPlan.JournalInsert, step.Row(now));
    }

    private static List<string> Statements(string sql) =>
        [.. sql.ReplaceLineEndings("\n").Split(";\n").Select(static statement => statement.Trim().TrimEnd(';')).Where(static statement => statement.Length > 0)];

    // Names of locks are the server's, not the database's, and have at most 64 characters.
    private static string LockName(ControlTarget target) => "signalbox_" + (target.Database.Length <= 50 ? target.Database : target.Database[..50]);
}
