using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Signalbox.Server.Platform.Control;

/// <summary>What is particular to SQLite: how its connections are opened, and what its errors mean.</summary>
/// <remarks>Source: https://www.sqlite.org/wal.html and https://www.sqlite.org/rescode.html</remarks>
internal static class SqliteDialect
{
    public const string Begin = "BEGIN IMMEDIATE";
    public const string BeginRead = "BEGIN DEFERRED";
    public const string Commit = "COMMIT";
    public const string Rollback = "ROLLBACK";

    private const int Full = 13;
    private const int Constraint = 19;
    private const int UniqueConstraint = 2067;
    private const int PrimaryKeyConstraint = 1555;

    /// <summary>Opens the connection that writes; a commit returns only once the disk has it.</summary>
    public static SqliteConnection OpenWriter(string file)
    {
        // SQLite gives its -wal and -shm files the mode of the database.
        if (!OperatingSystem.IsWindows() && !File.Exists(file))
        {
            new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
        }

        var connection = Open(file, SqliteOpenMode.ReadWriteCreate);
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY");
        return connection;
    }

    /// <summary>Opens a connection that cannot write.</summary>
    public static SqliteConnection OpenReader(string file)
    {
        var connection = Open(file, SqliteOpenMode.ReadWrite);
        Execute(connection, "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY");
        return connection;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Whether a transaction is open; some errors (a full disk, for one) make SQLite roll the whole of it back by itself.</summary>
    public static bool InTransaction(SqliteConnection connection) => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    public static bool IsUniqueViolation(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: Constraint, SqliteExtendedErrorCode: UniqueConstraint or PrimaryKeyConstraint };

    public static bool IsDiskFull(Exception exception) => exception is SqliteException { SqliteErrorCode: Full };

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        // The house pools connections itself: pragmas belong to a connection and would be lost in the driver's pool.
        var text = new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 10 }.ToString();
        var connection = new SqliteConnection(text);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
