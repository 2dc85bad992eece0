namespace Signalbox.Server.Platform.Control;

/// <summary>The control plane's database: tenants, tokens, jobs, releases and whatever else is not telemetry.</summary>
/// <remarks>
/// A file of the data folder, or a PostgreSQL or MySQL that several instances share. Work is handed in as a delegate that only runs
/// statements: whatever else it awaited would hold up every other writer of the file, or be cut off by the server's time limits. Thread-safe.
/// </remarks>
internal sealed class ControlDatabase : IAsyncDisposable
{
    public const string FileName = "control.db";

    private readonly IControlStore _store;

    private ControlDatabase(IControlStore store) => _store = store;

    public IControlDialect Dialect => _store.Dialect;

    /// <summary>Whether other instances may change what this one has read; what is kept in memory then needs an age at which it is read again.</summary>
    public bool IsShared => Dialect.Engine != ControlEngine.Sqlite;

    /// <summary>Opens the database and brings it to this program's schema.</summary>
    /// <exception cref="StartupException">It cannot be reached or used, or was written by a newer program.</exception>
    public static ControlDatabase Open(DataFolder folder, IReadOnlyList<IMigrationSource> migrations, ControlOptions options, ControlMetrics metrics, TimeProvider clock) => new(
        options.Target.Engine == ControlEngine.Sqlite
            ? OpenFile(folder, FileName, migrations, options, metrics, clock)
            : ServerControl.Open(migrations, options, metrics, clock));

    /// <summary>Opens another file of the data folder in the same way, for tables that would be in the way of the control plane's.</summary>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static ControlDatabase OpenBeside(string fileName, DataFolder folder, IReadOnlyList<IMigrationSource> migrations, ControlOptions options, ControlMetrics metrics, TimeProvider clock) =>
        new(OpenFile(folder, fileName, migrations, options, metrics, clock));

    /// <inheritdoc cref="WriteAsync{T}(Func{ControlSession, Task{T}}, bool, CancellationToken)"/>
    public Task<T> WriteAsync<T>(Func<ControlSession, Task<T>> work, CancellationToken cancellationToken) => WriteAsync(work, repeatable: false, cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}(Func{ControlSession, Task{T}}, bool, CancellationToken)"/>
    public Task WriteAsync(Func<ControlSession, Task> work, CancellationToken cancellationToken) => WriteAsync(
        async session =>
        {
            await work(session);
            return true;
        },
        cancellationToken);

    /// <summary>Runs <paramref name="work"/> as one transaction (READ COMMITTED where there are others) and returns once it is durable.</summary>
    /// <param name="repeatable">The work does nothing but run statements, so it may be run again, a few times, when the database undid it because of a deadlock or a conflict.</param>
    /// <param name="cancellationToken">Heeded until the work begins; after that the outcome is known to the caller.</param>
    /// <exception cref="ControlBusyException">Too much work is waiting.</exception>
    /// <exception cref="ControlUnavailableException">The database is away, or went away; in the latter case the work may or may not be done.</exception>
    public Task<T> WriteAsync<T>(Func<ControlSession, Task<T>> work, bool repeatable, CancellationToken cancellationToken) =>
        _store.WriteAsync(work, repeatable, cancellationToken);

    /// <summary>Runs a single statement, which is a transaction by itself: whoever stops in the middle holds no lock.</summary>
    /// <remarks>On SQLite it goes the way of a write. It is never repeated.</remarks>
    /// <inheritdoc cref="WriteAsync{T}(Func{ControlSession, Task{T}}, bool, CancellationToken)"/>
    public Task<T> RunAsync<T>(Func<ControlSession, Task<T>> statement, CancellationToken cancellationToken) => _store.RunAsync(statement, cancellationToken);

    /// <summary>Runs <paramref name="query"/> on one consistent state of the database, which holds every write acknowledged before the call.</summary>
    /// <exception cref="ControlBusyException">Too much work is waiting.</exception>
    /// <exception cref="ControlUnavailableException">The database is away.</exception>
    public Task<T> ReadAsync<T>(Func<ControlSession, Task<T>> query, CancellationToken cancellationToken) => _store.ReadAsync(query, cancellationToken);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static SqliteControl OpenFile(
        DataFolder folder, string fileName, IReadOnlyList<IMigrationSource> migrations, ControlOptions options, ControlMetrics metrics, TimeProvider clock) =>
        SqliteControl.Open(folder.File(fileName), [.. migrations.Where(source => source.File == fileName)], options, metrics, clock);
}
