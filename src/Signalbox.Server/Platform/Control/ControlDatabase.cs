using Microsoft.Data.Sqlite;

namespace Signalbox.Server.Platform.Control;

/// <summary>The control plane's database: tenants, tokens, jobs, releases and whatever else is not telemetry.</summary>
/// <remarks>
/// Kept in <c>control.db</c> of the data folder. Work is handed in as a delegate that only runs statements: whatever else it awaited would
/// hold up every other writer. Thread-safe.
/// </remarks>
internal sealed class ControlDatabase : IAsyncDisposable
{
    public const string FileName = "control.db";

    private readonly ControlWriter _writer;
    private readonly ControlReaders _readers;

    private ControlDatabase(ControlWriter writer, ControlReaders readers)
    {
        _writer = writer;
        _readers = readers;
    }

    public IControlDialect Dialect { get; } = SqliteDialect.Instance;

    /// <summary>Opens the database and brings it to this program's schema.</summary>
    /// <exception cref="StartupException">It was written by a newer program, is damaged, or cannot be written to.</exception>
    public static ControlDatabase Open(DataFolder folder, IReadOnlyList<IMigrationSource> migrations, ControlOptions options, ControlMetrics metrics, TimeProvider clock)
    {
        var file = folder.File(FileName);
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteConnections.OpenWriter(file, clock);
            MigrationRunner.Run(connection, migrations, clock.GetUtcNow());
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

        return new ControlDatabase(new ControlWriter(connection, options, metrics, clock), new ControlReaders(file, options.Readers, clock));
    }

    /// <inheritdoc cref="WriteAsync{T}(Func{ControlSession, Task{T}}, bool, CancellationToken)"/>
    public Task<T> WriteAsync<T>(Func<ControlSession, Task<T>> work, CancellationToken cancellationToken) => WriteAsync(work, repeatable: false, cancellationToken);

    /// <summary>Runs <paramref name="work"/> as one transaction and returns once it is durable.</summary>
    /// <param name="repeatable">The work does nothing but run statements, so it may be run again, a few times, when the database undid it because of a deadlock or a conflict.</param>
    /// <param name="cancellationToken">Heeded until the work begins; after that the outcome is known to the caller.</param>
    /// <exception cref="ControlBusyException">Too many writes are waiting.</exception>
    public Task<T> WriteAsync<T>(Func<ControlSession, Task<T>> work, bool repeatable, CancellationToken cancellationToken) => _writer.RunAsync(work, cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}(Func{ControlSession, Task{T}}, bool, CancellationToken)"/>
    public Task WriteAsync(Func<ControlSession, Task> work, CancellationToken cancellationToken) => WriteAsync(
        async session =>
        {
            await work(session);
            return true;
        },
        cancellationToken);

    /// <summary>Runs a single statement, which is a transaction by itself: whoever stops in the middle holds no lock.</summary>
    /// <remarks>On SQLite it goes the way of <see cref="WriteAsync{T}(Func{ControlSession, Task{T}}, bool, CancellationToken)"/>. It is never repeated.</remarks>
    public Task<T> RunAsync<T>(Func<ControlSession, Task<T>> statement, CancellationToken cancellationToken) => _writer.RunAsync(statement, cancellationToken);

    /// <inheritdoc cref="ControlReaders.RunAsync{T}"/>
    public Task<T> ReadAsync<T>(Func<ControlSession, Task<T>> query, CancellationToken cancellationToken) => _readers.RunAsync(query, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _readers.Dispose();
        await _writer.DisposeAsync();
    }
}
