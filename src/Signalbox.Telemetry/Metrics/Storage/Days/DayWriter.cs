using Microsoft.Data.Sqlite;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Chunks;
using Signalbox.Telemetry.Metrics.Storage.Head;
using Signalbox.Telemetry.Metrics.Storage.Index;

namespace Signalbox.Telemetry.Metrics.Storage.Days;

/// <summary>One flush into one day file: a single transaction, so that it happens wholly or not at all.</summary>
internal sealed class DayWriter : IDisposable
{
    /// <summary>Samples of a chunk row: an hour of a sample every 15 s, and small enough for a row that does not spill over its page.</summary>
    private const int SamplesPerChunk = 240;

    private readonly DayFile _file;
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _addChunk;
    private readonly SqliteStatement _addSeries;
    private readonly SqliteStatement _touchSeries;
    private readonly ChunkBlob _blob = new();
    private readonly List<(HeadSeries Series, int Id)> _met = [];
    private Dictionary<(TenantId Tenant, SeriesIdentity Identity), int>? _known;
    private DayMeta _meta;

    public DayWriter(DayFile file)
    {
        _file = file;
        _meta = file.Meta;
        _connection = SqliteFile.Open(file.Path, create: false);
        SqliteFile.Execute(_connection, "BEGIN IMMEDIATE");
        _addChunk = new SqliteStatement(_connection, "INSERT INTO chunks (series_id, min_time, span, data) VALUES (?, ?, ?, ?)");
        _addSeries = new SqliteStatement(_connection, "INSERT INTO series (tenant, id, first_time, last_time, key) VALUES (?, ?, ?, ?, ?)");
        _touchSeries = new SqliteStatement(_connection, "UPDATE series SET first_time = min(first_time, ?3), last_time = max(last_time, ?4) WHERE tenant = ?1 AND id = ?2");
    }

    public int Day => _file.Day;

    public long Chunks { get; private set; }

    public long Samples { get; private set; }

    /// <summary>Writes samples of one series and of this day; those that an earlier flush has written are left out.</summary>
    public void Write(HeadSeries series, SampleBuffer samples, int start, int end)
    {
        while (start < end && samples.Timestamps[start] < _meta.FlushedUntil)
        {
            start++;
        }

        if (start == end)
        {
            return;
        }

        var (first, last) = (samples.Timestamps[start], samples.Timestamps[end - 1]);
        var id = IdOf(series, first, last);
        while (start < end)
        {
            var count = RunLength(samples, start, end);
            _addChunk.Bind(1, id);
            _addChunk.Bind(2, samples.Timestamps[start]);
            _addChunk.Bind(3, samples.Timestamps[start + count - 1] - samples.Timestamps[start]);
            _addChunk.Bind(4, _blob.Encode(samples, start, count));
            _addChunk.Run();
            Chunks++;
            Samples += count;
            start += count;
        }

        _meta = _meta with { FirstTime = Math.Min(_meta.FirstTime, first), LastTime = Math.Max(_meta.LastTime, last) };
    }

    /// <summary>Makes the flush durable; from then on the file has every sample of its day before <paramref name="boundary"/>.</summary>
    public void Commit(long boundary)
    {
        _meta = _meta with { FlushedUntil = Math.Max(_meta.FlushedUntil, Math.Min(boundary, UtcDay.End(Day))) };
        DaySchema.Write(_connection, _meta);
        SqliteFile.Execute(_connection, "COMMIT");
        foreach (var (series, id) in _met)
        {
            series.DayFile = _file;
            series.DaySeriesId = id;
        }

        _file.Flushed(_meta);

        // Readers may keep part of the write-ahead log busy; then the next flush shortens it.
        SqliteFile.Execute(_connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public void Dispose()
    {
        _addChunk.Dispose();
        _addSeries.Dispose();
        _touchSeries.Dispose();

        // Closing takes back what was not committed.
        _connection.Dispose();
    }

    // Samples that go into one chunk: of one kind, and not too many.
    private static int RunLength(SampleBuffer samples, int start, int end)
    {
        var most = Math.Min(end - start, SamplesPerChunk);
        if (!samples.HasHistograms)
        {
            return most;
        }

        var histogram = samples.HistogramAt(start) is not null;
        var count = 1;
        while (count < most && samples.HistogramAt(start + count) is not null == histogram)
        {
            count++;
        }

        return count;
    }

    private int IdOf(HeadSeries series, long first, long last)
    {
        if (ReferenceEquals(series.DayFile, _file))
        {
            Touch(series, series.DaySeriesId, first, last);
            return series.DaySeriesId;
        }

        _known ??= LoadKnown();
        if (_known.TryGetValue((series.Tenant.Id, series.Identity), out var id))
        {
            Touch(series, id, first, last);
        }
        else
        {
            id = _meta.Series + 1;
            _meta = _meta with { Series = id };
            _addSeries.Bind(1, series.Tenant.Id.Value);
            _addSeries.Bind(2, id);
            _addSeries.Bind(3, first);
            _addSeries.Bind(4, last);
            _addSeries.Bind(5, series.Identity.Key);
            _addSeries.Run();
        }

        _met.Add((series, id));
        return id;
    }

    private void Touch(HeadSeries series, int id, long first, long last)
    {
        _touchSeries.Bind(1, series.Tenant.Id.Value);
        _touchSeries.Bind(2, id);
        _touchSeries.Bind(3, first);
        _touchSeries.Bind(4, last);
        _touchSeries.Run();
    }

    private Dictionary<(TenantId Tenant, SeriesIdentity Identity), int> LoadKnown()
    {
        var known = new Dictionary<(TenantId, SeriesIdentity), int>(_meta.Series);
        using var statement = new SqliteStatement(_connection, "SELECT tenant, id, key FROM series");
        while (statement.Step())
        {
            var key = statement.Blob(2).ToArray();
            known[(new TenantId(statement.Text(0)), new SeriesIdentity(key, KeyHash.Of(key)))] = (int)statement.Long(1);
        }

        return known;
    }
}
