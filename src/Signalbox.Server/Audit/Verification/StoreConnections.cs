using System.Collections.Concurrent;
using System.Data.Common;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Verification;

/// <summary>Connections that only read, opened beside whatever server may be running.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class StoreConnections : IAuditReader, IAsyncDisposable
{
    private readonly ConcurrentBag<DbConnection> _idle = [];
    private readonly Func<DbConnection> _create;
    private readonly IControlDialect _dialect;

    private StoreConnections(Func<DbConnection> create, IControlDialect dialect) => (_create, _dialect) = (create, dialect);

    /// <param name="file">An existing SQLite file.</param>
    public static StoreConnections ForFile(string file, TimeProvider clock) =>
        File.Exists(file)
            ? new StoreConnections(() => SqliteConnections.OpenReader(file, clock), SqliteDialect.Instance)
            : throw new StartupException($"There is no {file}. Name the data folder with --data.");

    public static StoreConnections ForServer(IServerDriver driver) => new(driver.Create, driver.Dialect);

    public async Task<T> ReadAsync<T>(Func<ControlSession, Task<T>> query, CancellationToken cancellationToken)
    {
        if (!_idle.TryTake(out var connection))
        {
            connection = _create();
            if (connection.State != System.Data.ConnectionState.Open)
            {
                await connection.OpenAsync(cancellationToken);
            }
        }

        try
        {
            return await query(new ControlSession(connection, _dialect));
        }
        finally
        {
            _idle.Add(connection);
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out var connection))
        {
            await connection.DisposeAsync();
        }
    }
}
