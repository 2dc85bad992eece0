using Microsoft.Data.Sqlite;

namespace Signalbox.Telemetry.Metrics.Storage.Days;

/// <summary>Opens the store's SQLite files.</summary>
internal static class SqliteFile
{
    /// <param name="create">Whether the file may be new.</param>
    public static SqliteConnection Open(string path, bool create)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString());
        try
        {
            connection.Open();

            // A commit must be on the disk before the log forgets its samples, hence FULL. A row larger than a quarter of a page spills onto pages of its
            // own, hence 8 KiB pages. Chunks are read once each, so a large cache would only cost memory.
            Execute(connection, "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-1024; PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=30000;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The file with what its write-ahead log adds.</summary>
    public static long Bytes(string path) => Length(path) + Length(path + "-wal");

    public static void Delete(string path)
    {
        File.Delete(path);
        File.Delete(path + "-wal");
        File.Delete(path + "-shm");
    }

    private static long Length(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }
}
