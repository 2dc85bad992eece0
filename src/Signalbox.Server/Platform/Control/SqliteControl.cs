using Microsoft.Data.Sqlite;

namespace Signalbox.Server.Platform.Control;

/// <summary>The control plane in a file of the data folder, for this process alone.</summary>
internal sealed class SqliteControl : IControlStore
{
    private readonly ControlWriter _writer;
    private readonly ControlReaders _readers;

    private SqliteControl(ControlWriter writer, ControlReaders readers)
    {
        _writer = writer;
        _readers = readers;
    }

    public IControlDialect Dialect => SqliteDialect.Instance;

    /// <summary>Opens the file and brings it to this program's schema.</summary>
    /// <exception cref="StartupException">It was written by a newer program, is damaged, or cannot be written to.</exception>
    public static SqliteControl Open(string file, IReadOnlyList<IMigrationSource> migrations, ControlOptions options, ControlMetrics metrics, TimeProvider clock)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteConnections.OpenWriter(file, clock, options.Pages);
            SqliteMigrations.Run(connection, migrations, clock.GetUtcNow());
        }
        catch (Exception exception)
        {
            connection?.Dispose();
            if (exception is not (SqliteException or IOException or UnauthorizedAccessException))
            {
                throw;
            }

            throw new StartupException(
                SqliteDialect.Instance.IsDiskFull(exception)
                    ? $"The disk that holds the control database {file} is full. Free some space, or choose another folder with --data."
                    : $"The control database {file} cannot be used: {exception.Message}",
                exception);
        }

        return new SqliteControl(new ControlWriter(connection, () => SqliteConnections.OpenWriter(file, clock, options.Pages), options, metrics, clock), new ControlReaders(file, options.Readers, clock));
    }

    public Task<T> WriteAsync<T>(Func<ControlSession, Task<T>> work, bool repeatable, CancellationToken cancellationToken) => _writer.RunAsync(work, cancellationToken);

    public Task<T> RunAsync<T>(Func<ControlSession, Task<T>> statement, CancellationToken cancellationToken) => _writer.RunAsync(statement, cancellationToken);

    public Task<T> ReadAsync<T>(Func<ControlSession, Task<T>> query, CancellationToken cancellationToken) => _readers.RunAsync(query, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _readers.Dispose();
        await _writer.DisposeAsync();
    }
}
