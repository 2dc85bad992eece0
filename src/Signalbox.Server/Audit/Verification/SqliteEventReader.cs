using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Signalbox.Server.Audit.Verification;

/// <summary>Reads events where SQLite has them in its memory: the driver's copies would be most of the time of a verification.</summary>
internal static class SqliteEventReader
{
    private const string Query = "SELECT position, time_ms, leaf, body FROM audit_events WHERE position >= ?1 AND position < ?2 ORDER BY position";

    public static void Read(SqliteConnection connection, long from, long until, TileGatherer gatherer)
    {
        Check(raw.sqlite3_prepare_v2(connection.Handle, Query, out var statement), connection);
        using (statement)
        {
            Check(raw.sqlite3_bind_int64(statement, 1, from), connection);
            Check(raw.sqlite3_bind_int64(statement, 2, until), connection);
            int step;
            while ((step = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                gatherer.Add(
                    raw.sqlite3_column_int64(statement, 0), raw.sqlite3_column_int64(statement, 1), raw.sqlite3_column_blob(statement, 2), raw.sqlite3_column_blob(statement, 3));
            }

            if (step != raw.SQLITE_DONE)
            {
                Check(step, connection);
            }
        }
    }

    private static void Check(int result, SqliteConnection connection)
    {
        if (result != raw.SQLITE_OK)
        {
            throw new SqliteException(raw.sqlite3_errmsg(connection.Handle).utf8_to_string(), result);
        }
    }
}
