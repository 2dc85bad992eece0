using System.Data;
using System.Data.Common;

namespace Signalbox.Server.Platform.Control;

/// <summary>The control plane in a PostgreSQL or MySQL that several instances share.</summary>
internal sealed class ServerControl : IControlStore
{
    /// <summary>How often work that may be repeated is run, at most.</summary>
    private const int Attempts = 4;

    private readonly IServerDriver _driver;
    private readonly ServerConnections _connections;
    private readonly ControlTarget _target;
    private readonly ControlMetrics _metrics;
    private readonly TimeProvider _clock;

    private ServerControl(IServerDriver driver, ControlOptions options, ControlMetrics metrics, TimeProvider clock)
    {
        _driver = driver;
        _connections = new ServerConnections(driver, options, metrics, clock);
        _target = options.Target;
        _metrics = metrics;
        _clock = clock;
    }

    public IControlDialect Dialect => _driver.Dialect;

    /// <summary>Connects and brings the database to this program's schema.</summary>
    /// <exception cref="StartupException">It cannot be reached or used, or was written by a newer program.</exception>
    public static ServerControl Open(IReadOnlyList<IMigrationSource> migrations, ControlOptions options, ControlMetrics metrics, TimeProvider clock)
    {
        IServerDriver driver = options.Target.Engine == ControlEngine.PostgreSql ? new PostgreSqlDriver(options) : new MySqlDriver(options);
        try
        {
            using var connection = driver.Create();
            connection.Open();
            driver.Migrate(connection, migrations, clock.GetUtcNow());
        }
        catch (Exception exception) when (exception is DbException or IOException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw new StartupException($"The control database {options.Target} ({ControlTarget.Key}) cannot be used: {options.Target.Redact(exception.Message)}", exception);
        }

        return new ServerControl(driver, options, metrics, clock);
    }

    public async Task<T> WriteAsync<T>(Func<ControlSession, Task<T>> work, bool repeatable, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteOnceAsync(work, cancellationToken);
            }
            catch (DbException exception) when (repeatable && attempt < Attempts && Dialect.IsTransient(exception))
            {
                _metrics.Repeated();
            }
        }
    }

    public async Task<T> RunAsync<T>(Func<ControlSession, Task<T>> statement, CancellationToken cancellationToken)
    {
        var start = _clock.GetTimestamp();
        var (session, result) = await UseAsync(
            async connection =>
            {
                var session = new ControlSession(connection, Dialect);
                return (session, await statement(session));
            },
            undo: null,
            cancellationToken);
        _metrics.Committed(1, _clock.GetElapsedTime(start));
        session.Committed();
        return result;
    }

    public Task<T> ReadAsync<T>(Func<ControlSession, Task<T>> query, CancellationToken cancellationToken) => UseAsync(
        async connection =>
        {
            var session = new ControlSession(connection, Dialect);
            await session.ExecuteAsync(_driver.BeginRead);
            var result = await query(session);
            await session.ExecuteAsync("COMMIT");
            return result;
        },
        undo: "ROLLBACK",
        cancellationToken);

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    private async Task<T> WriteOnceAsync<T>(Func<ControlSession, Task<T>> work, CancellationToken cancellationToken)
    {
        var start = _clock.GetTimestamp();
        var (session, result) = await UseAsync(
            async connection =>
            {
                await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, CancellationToken.None);
                var session = new ControlSession(connection, Dialect);
                var result = await work(session);
                session.ThrowIfFailed();
                await transaction.CommitAsync(CancellationToken.None);
                return (session, result);
            },
            undo: null,
            cancellationToken);
        _metrics.Committed(1, _clock.GetElapsedTime(start));
        session.Committed();
        return result;
    }

    /// <param name="undo">The statement that ends what a failure left open; null where the work itself sees to that.</param>
    private async Task<T> UseAsync<T>(Func<DbConnection, Task<T>> use, string? undo, CancellationToken cancellationToken)
    {
        var connection = await _connections.RentAsync(cancellationToken);
        var usable = false;
        try
        {
            var result = await use(connection);
            usable = true;
            return result;
        }
        catch (Exception exception) when (Dialect.IsUnavailable(exception))
        {
            await _connections.ForgetIdleAsync();
            _metrics.Unavailable();
            throw exception as ControlUnavailableException
                ?? new ControlUnavailableException($"The control database {_target} went away or did not answer in time: {_target.Redact(exception.Message)}", exception);
        }
        catch when (undo is not null)
        {
            usable = await TryUndoAsync(connection, undo);
            throw;
        }
        catch
        {
            // The work failed, not the connection; its transaction is over.
            usable = connection.State == ConnectionState.Open;
            throw;
        }
        finally
        {
            await _connections.ReturnAsync(connection, usable);
        }
    }

    private static async Task<bool> TryUndoAsync(DbConnection connection, string undo)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = undo;
            await command.ExecuteNonQueryAsync(CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (exception is DbException or IOException or InvalidOperationException)
        {
            // The caller hears of the first failure; this connection is not used again.
            return false;
        }
    }
}
