using Microsoft.Data.Sqlite;
using Signalbox.Telemetry.Metrics.Storage.Head;

namespace Signalbox.Telemetry.Metrics.Storage.Days;

/// <summary>What the store keeps beyond any day: descriptions of metric families, and up to when samples were given up.</summary>
internal sealed class Catalogue : IDisposable
{
    private const string FileName = "catalogue.db";
    private readonly SqliteConnection _connection;
    private readonly string _path;

    private Catalogue(SqliteConnection connection, string path)
    {
        _connection = connection;
        _path = path;
        SqliteFile.Execute(connection, """
            CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS metadata (
                tenant TEXT NOT NULL, family TEXT NOT NULL, type INTEGER NOT NULL, help TEXT NOT NULL, unit TEXT NOT NULL,
                PRIMARY KEY (tenant, family)) WITHOUT ROWID;
            """);
        using var statement = new SqliteStatement(connection, "SELECT value FROM state WHERE name = 'dropped_until'");
        DroppedUntil = statement.Step() ? statement.Long(0) : long.MinValue;
    }

    /// <summary>Samples before this time were deleted by retention or quota and must not come back from the log. Milliseconds since the Unix epoch.</summary>
    public long DroppedUntil { get; private set; }

    public long Bytes => SqliteFile.Bytes(_path);

    /// <summary>Opens the catalogue and puts the descriptions it holds into <paramref name="heads"/>; one that SQLite cannot read is put aside.</summary>
    public static Catalogue Open(string folder, HeadSet heads, Quarantine quarantine)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return Load(path, heads);
        }
        catch (Exception exception) when (exception is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT } or InvalidDataException)
        {
            quarantine.MoveAside(path, $"it cannot be read ({exception.Message}); descriptions of metrics that the log does not hold start afresh");
            foreach (var tenant in heads.Tenants)
            {
                // What could be read before the damage goes into the new file.
                tenant.Metadata.MarkUnsaved();
            }

            return Load(path, heads);
        }
    }

    /// <summary>Writes down what was said of families since the last time.</summary>
    public void SaveMetadata(HeadSet heads)
    {
        foreach (var tenant in heads.Tenants)
        {
            if (!tenant.Metadata.TakeUnsaved())
            {
                continue;
            }

            try
            {
                Save(tenant);
            }
            catch
            {
                tenant.Metadata.MarkUnsaved();
                throw;
            }
        }
    }

    public void SetDroppedUntil(long time)
    {
        if (time <= DroppedUntil)
        {
            return;
        }

        using var statement = new SqliteStatement(_connection, "INSERT INTO state (name, value) VALUES ('dropped_until', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
        statement.Bind(1, time);
        statement.Run();
        DroppedUntil = time;
    }

    public void Dispose() => _connection.Dispose();

    private static Catalogue Load(string path, HeadSet heads)
    {
        var connection = SqliteFile.Open(path, create: true);
        try
        {
            var catalogue = new Catalogue(connection, path);
            catalogue.LoadMetadata(heads);
            return catalogue;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void LoadMetadata(HeadSet heads)
    {
        using var statement = new SqliteStatement(_connection, "SELECT tenant, family, type, help, unit FROM metadata");
        while (statement.Step())
        {
            var name = statement.Text(0);
            var tenant = TenantId.IsValid(name) ? new TenantId(name) : throw new InvalidDataException("a description names no tenant");
            var type = (MetricType)statement.Long(2);
            heads.Get(tenant).Metadata.Load(
                new MetricMetadata(statement.Text(1), Enum.IsDefined(type) ? type : MetricType.Unknown, statement.Text(3), statement.Text(4)));
        }
    }

    private void Save(TenantHead tenant)
    {
        using var transaction = _connection.BeginTransaction();
        using (var statement = new SqliteStatement(_connection, "INSERT OR REPLACE INTO metadata (tenant, family, type, help, unit) VALUES (?, ?, ?, ?, ?)"))
        {
            foreach (var metadata in tenant.Metadata.All)
            {
                statement.Bind(1, tenant.Id.Value);
                statement.Bind(2, metadata.Family);
                statement.Bind(3, (long)metadata.Type);
                statement.Bind(4, metadata.Help);
                statement.Bind(5, metadata.Unit);
                statement.Run();
            }
        }

        transaction.Commit();
    }
}
