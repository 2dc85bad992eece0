using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Signalbox.Server.Platform.Control;

/// <summary>Opens connections to the control database's file.</summary>
/// <remarks>Source: https://www.sqlite.org/wal.html</remarks>
internal static class SqliteConnections
{
    public const string Begin = "BEGIN IMMEDIATE";
    public const string BeginRead = "BEGIN DEFERRED";
    public const string Commit = "COMMIT";
    public const string Rollback = "ROLLBACK";

    /// <summary>Opens the connection that writes; a commit returns only once the disk has it.</summary>
    public static SqliteConnection OpenWriter(string file, TimeProvider clock, SqlitePages? pages = null)
    {
        // SQLite gives its -wal and -shm files the mode of the database.
        if (!OperatingSystem.IsWindows() && !File.Exists(file))
        {
            new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
        }

        var connection = Open(file, SqliteOpenMode.ReadWriteCreate, clock);
        pages ??= SqlitePages.Default;
        Execute(connection, FormattableString.Invariant($"PRAGMA page_size = {pages.Bytes}"));
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY");
        Execute(connection, FormattableString.Invariant($"PRAGMA wal_autocheckpoint = {pages.Checkpoint}"));
        return connection;
    }

    /// <summary>Opens a connection that cannot write.</summary>
    public static SqliteConnection OpenReader(string file, TimeProvider clock)
    {
        var connection = Open(file, SqliteOpenMode.ReadWrite, clock);
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

    private static SqliteConnection Open(string file, SqliteOpenMode mode, TimeProvider clock)
    {
        // The house pools connections itself: pragmas belong to a connection and would be lost in the driver's pool.
        var text = new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 10 }.ToString();
        var connection = new SqliteConnection(text);
        try
        {
            connection.Open();
            connection.CreateFunction(SqliteDialect.NowFunction, () => clock.GetUtcNow().ToUnixTimeMilliseconds());
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
