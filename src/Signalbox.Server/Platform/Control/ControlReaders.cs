using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Signalbox.Server.Platform.Control;

/// <summary>The pool of connections that read the control database beside its writer.</summary>
internal sealed class ControlReaders : IDisposable
{
    private readonly string _file;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _free;
    private readonly ConcurrentBag<SqliteConnection> _idle = [];

    public ControlReaders(string file, int count, TimeProvider clock)
    {
        _file = file;
        _clock = clock;
        _free = new SemaphoreSlim(count, count);
    }

    /// <summary>Runs <paramref name="query"/> on one consistent state of the database, which holds every write acknowledged before the call.</summary>
    public async Task<T> RunAsync<T>(Func<ControlSession, Task<T>> query, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        SqliteConnection? connection = null;
        try
        {
            connection = _idle.TryTake(out var pooled) ? pooled : SqliteConnections.OpenReader(_file, _clock);
            SqliteConnections.Execute(connection, SqliteConnections.BeginRead);
            var result = await query(new ControlSession(connection, SqliteDialect.Instance));
            SqliteConnections.Execute(connection, SqliteConnections.Commit);
            _idle.Add(connection);
            connection = null;
            return result;
        }
        finally
        {
            // A connection whose query failed is in an unknown state and is not used again.
            connection?.Dispose();
            _free.Release();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }

        _free.Dispose();
    }
}
