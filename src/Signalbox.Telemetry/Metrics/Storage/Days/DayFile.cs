using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Head;
using Signalbox.Telemetry.Metrics.Storage.Index;

namespace Signalbox.Telemetry.Metrics.Storage.Days;

/// <summary>One UTC day of chunks in one SQLite file.</summary>
/// <remarks>Safe for concurrent reading; written by one flush at a time. Deleting it does not disturb a query that is reading from it.</remarks>
internal sealed class DayFile(string path, int day, DayMeta meta) : IDisposable
{
    private const int IdleConnections = 4;

    private readonly ConcurrentBag<DayConnection> _idle = [];
    private readonly Lock _gate = new();
    private readonly Dictionary<TenantId, SeriesIndex<DaySeries>> _indexes = [];
    private DayMeta _meta = meta;
    private int _cachedSeries;
    private bool _dropped;

    public string Path { get; } = path;

    public int Day { get; } = day;

    public DayMeta Meta => Volatile.Read(ref _meta);

    /// <summary>Orders days by when a query last needed them.</summary>
    public long LastUse { get; set; }

    public int CachedSeries => Volatile.Read(ref _cachedSeries);

    public long Bytes => SqliteFile.Bytes(Path);

    public static DayFile Open(string path, int day)
    {
        using var connection = SqliteFile.Open(path, create: true);
        DaySchema.Create(connection);
        return new DayFile(path, day, DaySchema.Read(connection));
    }

    public bool Overlaps(TimeWindow window) => Meta is var meta && meta.FirstTime <= window.To && meta.LastTime >= window.From;

    /// <summary>The tenant's series of the day; read from the file when no query has needed them lately.</summary>
    public SeriesIndex<DaySeries> Index(TenantId tenant)
    {
        // Under the lock a reader that began before a flush cannot put back what the flush has made out of date.
        lock (_gate)
        {
            if (!_indexes.TryGetValue(tenant, out var index))
            {
                index = Load(tenant);
                _indexes.Add(tenant, index);
                Volatile.Write(ref _cachedSeries, _cachedSeries + index.Count);
            }

            return index;
        }
    }

    public void ForgetIndexes()
    {
        lock (_gate)
        {
            _indexes.Clear();
            Volatile.Write(ref _cachedSeries, 0);
        }
    }

    /// <summary>Called when a flush has been committed.</summary>
    public void Flushed(DayMeta meta)
    {
        Volatile.Write(ref _meta, meta);
        ForgetIndexes();
    }

    /// <summary>Appends a series' samples of the closed window to the buffer.</summary>
    /// <exception cref="InvalidDataException">A chunk is damaged.</exception>
    public void Read(int series, TimeWindow window, SampleBuffer buffer)
    {
        if (Volatile.Read(ref _dropped))
        {
            return;
        }

        if ((_idle.TryTake(out var idle) ? idle : TryConnect()) is not { } connection)
        {
            return;
        }

        try
        {
            connection.Read(series, window, buffer);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        if (_idle.Count >= IdleConnections || Volatile.Read(ref _dropped))
        {
            connection.Dispose();
        }
        else
        {
            _idle.Add(connection);
        }
    }

    /// <summary>Closes what no query uses now.</summary>
    public void CloseIdle()
    {
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }

    public void Drop()
    {
        lock (_gate)
        {
            Volatile.Write(ref _dropped, true);
        }

        Dispose();
        SqliteFile.Delete(Path);
    }

    public void Dispose()
    {
        CloseIdle();
        ForgetIndexes();
    }

    // Null when the day was dropped since the query chose it: its samples are as gone as they would be a moment later.
    private DayConnection? TryConnect()
    {
        try
        {
            return new DayConnection(Path);
        }
        catch (SqliteException) when (Volatile.Read(ref _dropped))
        {
            return null;
        }
    }

    private SeriesIndex<DaySeries> Load(TenantId tenant)
    {
        var index = new SeriesIndex<DaySeries>();
        if (Volatile.Read(ref _dropped))
        {
            return index;
        }

        using var connection = SqliteFile.Open(Path, create: false);
        using var statement = new SqliteStatement(connection, "SELECT id, first_time, last_time, key FROM series WHERE tenant = ? ORDER BY id");
        statement.Bind(1, tenant.Value);
        while (statement.Step())
        {
            var key = statement.Blob(3).ToArray();
            index.Add(new DaySeries(new SeriesIdentity(key, KeyHash.Of(key)), (int)statement.Long(0), new TimeWindow(statement.Long(1), statement.Long(2))));
        }

        return index;
    }
}
