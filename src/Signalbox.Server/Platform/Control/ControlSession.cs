using System.Data.Common;
using Dapper;

namespace Signalbox.Server.Platform.Control;

/// <summary>Runs statements inside one unit of work of the control database.</summary>
/// <remarks>Columns in snake_case map to properties in PascalCase. Valid only inside the delegate it is given to; not thread-safe.</remarks>
internal sealed class ControlSession
{
    private readonly DbConnection _connection;
    private List<Action>? _committed;
    private Exception? _failure;

    static ControlSession()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;

        // The driver's own mapping comes before any handler, so it goes.
        SqlMapper.RemoveTypeMap(typeof(bool));
        SqlMapper.AddTypeHandler(new BooleanAsInteger());
    }

    public ControlSession(DbConnection connection, IControlDialect dialect)
    {
        _connection = connection;
        Dialect = dialect;
    }

    public IControlDialect Dialect { get; }

    /// <summary>The connection itself, for what a driver does faster than any statement, such as copying many rows.</summary>
    public DbConnection Connection => _connection;

    /// <returns>The number of rows touched.</returns>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) => NotingAsync(_connection.ExecuteAsync(sql, parameters));

    /// <summary>The only row, or the default when there is none.</summary>
    /// <exception cref="InvalidOperationException">There are several rows.</exception>
    public Task<T?> FindAsync<T>(string sql, object? parameters = null) => NotingAsync(_connection.QuerySingleOrDefaultAsync<T>(sql, parameters));

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters = null) => (await NotingAsync(_connection.QueryAsync<T>(sql, parameters))).AsList();

    /// <summary>The one value of a statement that always gives one, such as a count.</summary>
    public async Task<T> ValueAsync<T>(string sql, object? parameters = null) => (await NotingAsync(_connection.ExecuteScalarAsync<T>(sql, parameters)))!;

    /// <summary>Runs <paramref name="action"/> after the commit and before the caller continues; never when the work is rolled back.</summary>
    public void OnCommitted(Action action) => (_committed ??= []).Add(action);

    internal void Committed()
    {
        foreach (var action in _committed ?? [])
        {
            action();
        }
    }

    /// <summary>Work whose statement failed must fail as a whole: PostgreSQL has undone everything by then, and would only say so to whoever asks.</summary>
    /// <exception cref="InvalidOperationException">The work went on after a statement failed.</exception>
    internal void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            throw new InvalidOperationException("A statement of this work failed, and the work went on as if it had not.", _failure);
        }
    }

    private async Task<T> NotingAsync<T>(Task<T> statement)
    {
        try
        {
            return await statement;
        }
        catch (Exception exception)
        {
            _failure ??= exception;
            throw;
        }
    }
}
