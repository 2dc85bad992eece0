using Signalbox.Server.Audit.Verification;
using Signalbox.Server.Platform;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Storage;

/// <summary>Where the audit log is kept: a file of its own beside the control database's, or the database that instances share.</summary>
/// <remarks>
/// The file is its own because the log is written all the time and in large pieces, and would hold up every sign-in if both had one writer. Thread-safe.
/// </remarks>
internal sealed class AuditDatabase : IAuditReader, IAsyncDisposable
{
    public const string FileName = "audit.db";

    /// <summary>Records of a kilobyte leave a quarter of a usual page empty; and as it is written in large pieces, moving it out of the write-ahead log can wait for more of them.</summary>
    private static readonly SqlitePages Pages = new(16_384, 2000);

    private readonly ControlDatabase _database;
    private readonly bool _owned;

    private AuditDatabase(ControlDatabase database, bool owned)
    {
        _database = database;
        _owned = owned;
    }

    public IControlDialect Dialect => _database.Dialect;

    /// <summary>Whether other instances may write the log, too.</summary>
    public bool IsShared => _database.IsShared;

    /// <summary>Opens the log that belongs to <paramref name="control"/>.</summary>
    /// <exception cref="StartupException">The file cannot be used, or was written by a newer program.</exception>
    public static AuditDatabase Open(
        ControlDatabase control, DataFolder folder, IReadOnlyList<IMigrationSource> migrations, ControlOptions options, ControlMetrics metrics, TimeProvider clock) =>
        control.IsShared
            ? new AuditDatabase(control, owned: false)
            : new AuditDatabase(ControlDatabase.OpenBeside(FileName, folder, migrations, options with { Target = ControlTarget.Sqlite, Pages = Pages }, metrics, clock), owned: true);

    /// <inheritdoc cref="ControlDatabase.WriteAsync{T}(Func{ControlSession, Task{T}}, CancellationToken)"/>
    public Task<T> WriteAsync<T>(Func<ControlSession, Task<T>> work, CancellationToken cancellationToken) => _database.WriteAsync(work, cancellationToken);

    /// <inheritdoc cref="ControlDatabase.WriteAsync(Func{ControlSession, Task}, CancellationToken)"/>
    public Task WriteAsync(Func<ControlSession, Task> work, CancellationToken cancellationToken) => _database.WriteAsync(work, cancellationToken);

    /// <inheritdoc cref="ControlDatabase.ReadAsync"/>
    public Task<T> ReadAsync<T>(Func<ControlSession, Task<T>> query, CancellationToken cancellationToken) => _database.ReadAsync(query, cancellationToken);

    public ValueTask DisposeAsync() => _owned ? _database.DisposeAsync() : ValueTask.CompletedTask;
}
