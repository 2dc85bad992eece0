using Microsoft.Data.Sqlite;
using Signalbox.PromQL;

namespace Signalbox.Telemetry.Metrics.Storage.Days;

/// <summary>The day files of a store, oldest first.</summary>
internal sealed class DaySet : IDisposable
{
    private readonly string _folder;
    private readonly int _maxCachedSeries;
    private readonly Lock _gate = new();
    private DayFile[] _days = [];
    private long _uses;

    private DaySet(string folder, int maxCachedSeries)
    {
        _folder = folder;
        _maxCachedSeries = maxCachedSeries;
    }

    public IReadOnlyList<DayFile> Days => Volatile.Read(ref _days);

    public long Bytes => Days.Sum(static day => day.Bytes);

    /// <summary>Samples before this time are in files; <see cref="long.MinValue"/> when there are none.</summary>
    public long FlushedUntil => Days.Count == 0 ? long.MinValue : Days.Max(static day => day.Meta.FlushedUntil);

    /// <summary>Opens every day file; one that SQLite cannot read is put aside.</summary>
    public static DaySet Open(string folder, int maxCachedSeries, Quarantine quarantine)
    {
        var set = new DaySet(folder, maxCachedSeries);
        var days = new List<DayFile>();
        foreach (var path in Directory.EnumerateFiles(folder, "metrics-*.db"))
        {
            if (!UtcDay.TryParse(Path.GetFileName(path), out var day))
            {
                continue;
            }

            try
            {
                days.Add(DayFile.Open(path, day));
            }
            catch (Exception exception) when (exception is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT } or InvalidDataException)
            {
                quarantine.MoveAside(path, $"it cannot be opened ({exception.Message})");
            }
        }

        days.Sort(static (left, right) => left.Day.CompareTo(right.Day));
        set._days = [.. days];
        return set;
    }

    /// <summary>Whether a sample of this time is in a file already.</summary>
    public bool HasFlushed(long time)
    {
        var day = UtcDay.Of(time);
        foreach (var file in _days)
        {
            if (file.Day == day)
            {
                return time < file.Meta.FlushedUntil;
            }
        }

        return false;
    }

    public DayFile GetOrCreate(int day)
    {
        lock (_gate)
        {
            if (Array.Find(_days, file => file.Day == day) is { } existing)
            {
                return existing;
            }

            var created = DayFile.Open(Path.Combine(_folder, UtcDay.FileName(day)), day);
            Volatile.Write(ref _days, [.. _days.Append(created).OrderBy(static file => file.Day)]);
            return created;
        }
    }

    /// <summary>The days that have samples in a window, oldest first.</summary>
    public List<DayFile> Overlapping(TimeWindow window)
    {
        var found = new List<DayFile>();
        foreach (var day in Days)
        {
            if (day.Overlaps(window))
            {
                day.LastUse = Interlocked.Increment(ref _uses);
                found.Add(day);
            }
        }

        return found;
    }

    /// <summary>Forgets the labels of the days that queries have not needed for longest, until the rest is within bounds.</summary>
    public void TrimIndexes()
    {
        foreach (var day in Days.OrderBy(static day => day.LastUse))
        {
            if (Days.Sum(static cached => (long)cached.CachedSeries) <= _maxCachedSeries)
            {
                return;
            }

            day.ForgetIndexes();
        }
    }

    public void Drop(DayFile day)
    {
        lock (_gate)
        {
            Volatile.Write(ref _days, [.. _days.Where(file => file != day)]);
        }

        day.Drop();
    }

    public void Dispose()
    {
        foreach (var day in _days)
        {
            day.Dispose();
        }
    }
}
