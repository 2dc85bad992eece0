using System.Data.Common;

namespace Signalbox.Server.Platform.Control;

/// <summary>The bounded pool of connections to a database server.</summary>
/// <remarks>
/// The house pools by itself, because limits of a session would be lost in the drivers' pools, and because after one lost connection all idle ones are
/// given up. The one used last is used first, so what is not needed grows old and is closed. Thread-safe.
/// </remarks>
internal sealed class ServerConnections : IAsyncDisposable
{
    /// <summary>A connection that was idle for so long is closed instead of used: the server may have been started anew meanwhile.</summary>
    public static readonly TimeSpan IdleLife = TimeSpan.FromSeconds(5);

    private readonly IServerDriver _driver;
    private readonly ControlOptions _options;
    private readonly ControlMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _free;
    private readonly Lock _gate = new();
    private readonly List<(DbConnection Connection, long Since)> _idle = [];
    private int _waiting;

    public ServerConnections(IServerDriver driver, ControlOptions options, ControlMetrics metrics, TimeProvider clock)
    {
        _driver = driver;
        _options = options;
        _metrics = metrics;
        _clock = clock;
        _free = new SemaphoreSlim(options.Connections, options.Connections);
    }

    /// <summary>Gives an open connection, to be handed to <see cref="ReturnAsync"/> afterwards.</summary>
    /// <exception cref="ControlBusyException">None became free in time, or too many wait.</exception>
    /// <exception cref="ControlUnavailableException">The database cannot be reached.</exception>
    public async Task<DbConnection> RentAsync(CancellationToken cancellationToken)
    {
        await WaitAsync(cancellationToken);
        try
        {
            return TakeIdle() ?? await OpenAsync(cancellationToken);
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    /// <param name="usable">Nothing is left open on it and nothing went wrong with it.</param>
    public async Task ReturnAsync(DbConnection connection, bool usable)
    {
        try
        {
            if (usable)
            {
                lock (_gate)
                {
                    _idle.Add((connection, _clock.GetTimestamp()));
                }
            }
            else
            {
                await CloseAsync(connection);
            }

            await CloseAllAsync(TakeOld());
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Closes all idle connections: where one was lost, the others are lost as well.</summary>
    public Task ForgetIdleAsync()
    {
        List<DbConnection> all;
        lock (_gate)
        {
            all = [.. _idle.Select(static idle => idle.Connection)];
            _idle.Clear();
        }

        return CloseAllAsync(all);
    }

    public async ValueTask DisposeAsync()
    {
        await ForgetIdleAsync();
        _free.Dispose();
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (_free.Wait(0, CancellationToken.None))
        {
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _waiting) <= _options.QueueLength && await _free.WaitAsync(_options.ConnectionWait, cancellationToken))
            {
                return;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        _metrics.Refused();
        throw new ControlBusyException();
    }

    private async Task<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = _driver.Create();
        try
        {
            await connection.OpenAsync(cancellationToken);
            await _driver.PrepareAsync(connection, cancellationToken);
            _metrics.ConnectionOpened();
            return connection;
        }
        catch (Exception exception)
        {
            await connection.DisposeAsync();
            if (exception is not DbException and not System.Net.Sockets.SocketException and not IOException and not TimeoutException)
            {
                throw;
            }

            _metrics.Unavailable();
            throw new ControlUnavailableException($"The control database {_options.Target} cannot be reached: {_options.Target.Redact(exception.Message)}", exception);
        }
    }

    private DbConnection? TakeIdle()
    {
        lock (_gate)
        {
            if (_idle.Count == 0 || _clock.GetElapsedTime(_idle[^1].Since) > IdleLife)
            {
                return null;
            }

            var (connection, _) = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            return connection;
        }
    }

    private List<DbConnection> TakeOld()
    {
        lock (_gate)
        {
            var count = _idle.TakeWhile(idle => _clock.GetElapsedTime(idle.Since) > IdleLife).Count();
            List<DbConnection> old = [.. _idle.Take(count).Select(static idle => idle.Connection)];
            _idle.RemoveRange(0, count);
            return old;
        }
    }

    private async Task CloseAllAsync(List<DbConnection> connections)
    {
        foreach (var connection in connections)
        {
            await CloseAsync(connection);
        }
    }

    private async Task CloseAsync(DbConnection connection)
    {
        _metrics.ConnectionClosed();
        try
        {
            await connection.DisposeAsync();
        }
        catch (Exception exception) when (exception is DbException or IOException or InvalidOperationException)
        {
            // It was lost before it could say goodbye, which is why it is being closed.
        }
    }
}
