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

    /// <summary>Opens the database and brings it to this program's schema.</summary>
    /// <exception cref="StartupException">It was written by a newer program, is damaged, or cannot be written to.</exception>
    public static ControlDatabase Open(DataFolder folder, IReadOnlyList<IMigrationSource> migrations, ControlOptions options, ControlMetrics metrics, TimeProvider clock)
    {
        var file = folder.File(FileName);
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteDialect.OpenWriter(file);
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
                SqliteDialect.IsDiskFull(exception)
                    ? $"The disk that holds the control database {file} is full. Free some space, or choose another folder with --data."
                    : $"The control database {file} cannot be used: {exception.Message}",
                exception);
        }

        return new ControlDatabase(new ControlWriter(connection, options, metrics, clock), new ControlReaders(file, options.Readers));
    }

    /// <inheritdoc cref="ControlWriter.RunAsync{T}"/>
    public Task<T> WriteAsync<T>(Func<ControlSession, Task<T>> work, CancellationToken cancellationToken) => _writer.RunAsync(work, cancellationToken);

    /// <inheritdoc cref="ControlWriter.RunAsync{T}"/>
    public Task WriteAsync(Func<ControlSession, Task> work, CancellationToken cancellationToken) => _writer.RunAsync(
        async session =>
        {
            await work(session);
            return true;
        },
        cancellationToken);

    /// <inheritdoc cref="ControlReaders.RunAsync{T}"/>
    public Task<T> ReadAsync<T>(Func<ControlSession, Task<T>> query, CancellationToken cancellationToken) => _readers.RunAsync(query, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _readers.Dispose();
        await _writer.DisposeAsync();
    }
}
