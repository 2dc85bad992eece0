using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Signalbox.Telemetry.Metrics.Storage.Days;

/// <summary>A prepared statement that binds and reads without boxing, and lends blobs without copying them.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    /// <param name="index">From 1.</param>
    public void Bind(int index, long value) => Check(raw.sqlite3_bind_int64(_statement, index, value));

    public void Bind(int index, ReadOnlySpan<byte> value) => Check(raw.sqlite3_bind_blob(_statement, index, value));

    public void Bind(int index, string value) => Check(raw.sqlite3_bind_text(_statement, index, value));

    /// <returns>Whether there is a row.</returns>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            Check(code);
        }

        return false;
    }

    public void Run()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }
    }

    // What went wrong was already reported by the step.
    public void Reset() => _ = raw.sqlite3_reset(_statement);

    /// <param name="column">From 0.</param>
    public long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>A blob, valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteException($"{raw.sqlite3_errmsg(_database).utf8_to_string()} (SQLite error {code})", code, raw.sqlite3_extended_errcode(_database));
        }
    }
}
