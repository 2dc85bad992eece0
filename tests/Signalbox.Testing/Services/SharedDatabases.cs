using System.Globalization;

namespace Signalbox.Testing.Services;

/// <summary>One PostgreSQL and one MariaDB for all tests of an assembly, each started when the first test asks for it; every test gets a database of its own.</summary>
/// <remarks>The database belongs to a user who may do there what docs/storage.md asks for, and no more. Register it as an assembly fixture and take it in the constructor. Tests that stop a server start one of their own. Thread-safe.</remarks>
public sealed class SharedDatabases : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private PostgreSqlProcess? _postgreSql;
    private MariaDbProcess? _mariaDb;
    private int _last;

    /// <summary>Makes a database on PostgreSQL; the test is skipped when that is not installed.</summary>
    /// <returns>Its URL, as <c>storage.control</c> takes it.</returns>
    public async Task<string> NewPostgreSqlAsync(CancellationToken cancellationToken)
    {
        DebianPackage.PostgreSql.Require();
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _postgreSql ??= await PostgreSqlProcess.StartAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }

        var name = NewName();
        await _postgreSql.ExecuteAsync($"CREATE ROLE {name} LOGIN", cancellationToken);
        await _postgreSql.ExecuteAsync($"CREATE DATABASE {name} OWNER {name}", cancellationToken);
        return _postgreSql.UrlOf(name, name);
    }

    /// <summary>Makes a database on MariaDB; the test is skipped when that is not installed.</summary>
    /// <returns>Its URL, as <c>storage.control</c> takes it.</returns>
    public async Task<string> NewMariaDbAsync(CancellationToken cancellationToken)
    {
        DebianPackage.MariaDb.Require();
        await _gate.WaitAsync(cancellationToken);
        try
        {
            _mariaDb ??= await MariaDbProcess.StartAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }

        var name = NewName();
        var password = MariaDbProcess.Password.Replace("'", "''", StringComparison.Ordinal);
        await _mariaDb.ExecuteAsync(
            $"""
            CREATE DATABASE {name} CHARACTER SET latin1;
            CREATE USER '{name}'@'%' IDENTIFIED BY '{password}';
            GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, REFERENCES, TRIGGER ON {name}.* TO '{name}'@'%';
            """,
            cancellationToken);
        return _mariaDb.UrlOf(name, name);
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgreSql is not null)
        {
            await _postgreSql.DisposeAsync();
        }

        if (_mariaDb is not null)
        {
            await _mariaDb.DisposeAsync();
        }

        _gate.Dispose();
    }

    private string NewName() => string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _last)}");
}
