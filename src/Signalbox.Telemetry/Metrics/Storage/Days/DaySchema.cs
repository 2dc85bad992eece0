using Microsoft.Data.Sqlite;

namespace Signalbox.Telemetry.Metrics.Storage.Days;

/// <summary>The tables of a day file.</summary>
/// <remarks>
/// Times are milliseconds since the Unix epoch. A chunk's samples lie between <c>min_time</c> and <c>min_time + span</c>; its bytes are described at <see cref="Chunks.ChunkBlob"/>.
/// Every sample of the day before <c>flushed_until</c> is in the file; it is written in the same transaction as the chunks.
/// </remarks>
internal static class DaySchema
{
    public const long Version = 1;

    public static void Create(SqliteConnection connection) => SqliteFile.Execute(connection, """
        CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS series (
            tenant TEXT NOT NULL, id INTEGER NOT NULL, first_time INTEGER NOT NULL, last_time INTEGER NOT NULL, key BLOB NOT NULL,
            PRIMARY KEY (tenant, id)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS chunks (
            series_id INTEGER NOT NULL, min_time INTEGER NOT NULL, span INTEGER NOT NULL, data BLOB NOT NULL,
            PRIMARY KEY (series_id, min_time)) WITHOUT ROWID;
        INSERT OR IGNORE INTO meta (name, value) VALUES ('version', 1);
        """);

    /// <exception cref="InvalidDataException">The file is of a newer version.</exception>
    public static DayMeta Read(SqliteConnection connection)
    {
        var meta = new DayMeta(long.MinValue, long.MaxValue, long.MinValue, 0);
        using var statement = new SqliteStatement(connection, "SELECT name, value FROM meta");
        while (statement.Step())
        {
            var value = statement.Long(1);
            meta = statement.Text(0) switch
            {
                "version" when value != Version => throw new InvalidDataException($"it has format version {value}, this program knows version {Version}"),
                "flushed_until" => meta with { FlushedUntil = value },
                "first_time" => meta with { FirstTime = value },
                "last_time" => meta with { LastTime = value },
                "series" => meta with { Series = (int)value },
                _ => meta,
            };
        }

        return meta;
    }

    public static void Write(SqliteConnection connection, DayMeta meta)
    {
        using var statement = new SqliteStatement(connection, "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
        foreach (var (name, value) in new[] { ("flushed_until", meta.FlushedUntil), ("first_time", meta.FirstTime), ("last_time", meta.LastTime), ("series", meta.Series) })
        {
            statement.Bind(1, name);
            statement.Bind(2, value);
            statement.Run();
        }
    }
}

/// <summary>What a day file says of itself.</summary>
/// <param name="FlushedUntil">Every sample of the day before this time is in the file.</param>
/// <param name="Series">How many series it has; the next one's number is one more.</param>
internal sealed record DayMeta(long FlushedUntil, long FirstTime, long LastTime, int Series);
