using Microsoft.Data.Sqlite;
using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Signalbox.Telemetry.Metrics.Storage.Chunks;

namespace Signalbox.Telemetry.Metrics.Storage.Days;

/// <summary>A connection that reads chunks of one day file; used by one query at a time.</summary>
internal sealed class DayConnection : IDisposable
{
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _chunks;

    public DayConnection(string path)
    {
        _path = path;
        _connection = SqliteFile.Open(path, create: false);
        _chunks = new SqliteStatement(_connection, "SELECT min_time, data FROM chunks WHERE series_id = ? AND min_time <= ? AND min_time + span >= ? ORDER BY min_time");
    }

    public void Read(int series, TimeWindow window, SampleBuffer buffer)
    {
        _chunks.Bind(1, series);
        _chunks.Bind(2, window.To);
        _chunks.Bind(3, window.From);
        try
        {
            while (_chunks.Step())
            {
                ChunkBlob.Decode(_chunks.Blob(1), _chunks.Long(0), window, buffer);
            }
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{_path} is damaged at series {series}: {exception.Message}", exception);
        }
        finally
        {
            _chunks.Reset();
        }
    }

    public void Dispose()
    {
        _chunks.Dispose();
        _connection.Dispose();
    }
}
