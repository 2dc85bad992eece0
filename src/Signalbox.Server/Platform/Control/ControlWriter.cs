using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Signalbox.Server.Platform.Control;

/// <summary>The one writer of the control database: gathers the work of many callers into one durable commit.</summary>
/// <remarks>
/// While one group is being flushed the next one gathers, so an idle server commits at once and a busy one commits often with many
/// writes each. Every caller's work runs in a savepoint of its own: what fails is undone alone.
/// </remarks>
internal sealed class ControlWriter : IAsyncDisposable
{
    private readonly Func<SqliteConnection> _open;
    private readonly ControlOptions _options;
    private readonly ControlMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly Channel<ControlWrite> _queue;
    private readonly Task _loop;
    private SqliteConnection? _connection;

    /// <param name="connection">Owned by the writer from here on.</param>
    /// <param name="open">Opens another one after this one had to be given up.</param>
    public ControlWriter(SqliteConnection connection, Func<SqliteConnection> open, ControlOptions options, ControlMetrics metrics, TimeProvider clock)
    {
        _connection = connection;
        _open = open;
        _options = options;
        _metrics = metrics;
        _clock = clock;
        _queue = Channel.CreateBounded<ControlWrite>(new BoundedChannelOptions(options.QueueLength) { SingleReader = true });
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Runs <paramref name="work"/> and returns once it is durable.</summary>
    /// <param name="cancellationToken">Heeded until the work begins; after that the outcome is known to the caller.</param>
    /// <exception cref="ControlBusyException">Too many writes are waiting.</exception>
    public Task<T> RunAsync<T>(Func<ControlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        var write = new ControlWrite<T>(work, cancellationToken);
        if (!_queue.Writer.TryWrite(write))
        {
            _metrics.Refused();
            return Task.FromException<T>(new ControlBusyException());
        }

        return write.Done;
    }

    /// <summary>Finishes what is queued, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    private async Task LoopAsync()
    {
        var group = new List<ControlWrite>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            var start = _clock.GetTimestamp();
            if (TryBegin() is not { } connection)
            {
                continue;
            }

            try
            {
                await GatherAsync(connection, group);
                SqliteConnections.Execute(connection, SqliteConnections.Commit);
            }
            catch (Exception exception)
            {
                Abandon(connection, group, exception);
                continue;
            }

            _metrics.Committed(group.Count, _clock.GetElapsedTime(start));
            group.ForEach(static write => write.Acknowledge());
        }
    }

    private async Task GatherAsync(SqliteConnection connection, List<ControlWrite> group)
    {
        for (var count = 0; count < _options.GroupSize && _queue.Reader.TryRead(out var write); count++)
        {
            if (write.CancellationToken.IsCancellationRequested)
            {
                write.Cancel();
                continue;
            }

            try
            {
                SqliteConnections.Execute(connection, "SAVEPOINT work");
                await write.RunAsync(new ControlSession(connection, SqliteDialect.Instance));
                SqliteConnections.Execute(connection, "RELEASE work");
                group.Add(write);
            }
            catch (Exception exception)
            {
                write.Fail(exception);
                if (!SqliteConnections.InTransaction(connection))
                {
                    throw;
                }

                SqliteConnections.Execute(connection, "ROLLBACK TO work; RELEASE work");
            }
        }
    }

    /// <returns>The connection with a transaction open, or null when there is none to be had.</returns>
    private SqliteConnection? TryBegin()
    {
        try
        {
            _connection ??= _open();
            SqliteConnections.Execute(_connection, SqliteConnections.Begin);
            return _connection;
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            // One caller hears of it; those behind it find out, on another connection, whether it lasts.
            _connection?.Dispose();
            _connection = null;
            if (_queue.Reader.TryRead(out var first))
            {
                first.Fail(exception);
            }

            return null;
        }
    }

    /// <summary>Nothing of the group is durable, so every caller in it hears of it.</summary>
    private void Abandon(SqliteConnection connection, List<ControlWrite> group, Exception exception)
    {
        group.ForEach(write => write.Fail(exception));
        try
        {
            if (SqliteConnections.InTransaction(connection))
            {
                SqliteConnections.Execute(connection, SqliteConnections.Rollback);
            }
        }
        catch (SqliteException)
        {
            // The callers know of the first failure. A connection that cannot even undo is closed, which undoes, and the next group opens another.
            connection.Dispose();
            _connection = null;
        }
    }
}
