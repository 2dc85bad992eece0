using System.Net.Sockets;
using Npgsql;

namespace Signalbox.Server.Platform.Control;

/// <summary>How PostgreSQL says it.</summary>
/// <remarks>Source: https://www.postgresql.org/docs/15/sql.html and https://www.postgresql.org/docs/15/errcodes-appendix.html</remarks>
internal sealed class PostgreSqlDialect : IControlDialect
{
    private const string IdleInTransactionTimeout = "25P03";

    public static PostgreSqlDialect Instance { get; } = new();

    public ControlEngine Engine => ControlEngine.PostgreSql;

    // A subquery is run once and its value may be looked up in an index; the bare function would be called for every row.
    public string NowMs => "(SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint))";

    public bool HasReturning => true;

    public string ForUpdate => "FOR UPDATE";

    public string ForUpdateSkipLocked => "FOR UPDATE SKIP LOCKED";

    // The collation C compares bytes, whatever the database was created with.
    public IReadOnlyDictionary<string, string> Types { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [ColumnTypes.Id] = "varchar(64) COLLATE \"C\"",
        [ColumnTypes.Name] = "varchar(255) COLLATE \"C\"",
        [ColumnTypes.Text] = "text COLLATE \"C\"",
        [ColumnTypes.LongText] = "text COLLATE \"C\"",
        [ColumnTypes.Hash] = "bytea",
        [ColumnTypes.Bytes] = "bytea",
        [ColumnTypes.BigInt] = "bigint",
        [ColumnTypes.Int] = "integer",
        [ColumnTypes.Bool] = "smallint",
        [ColumnTypes.Real] = "double precision",
    };

    public string JsonRows(string parameter, string alias, params IReadOnlyList<JsonColumn> columns) =>
        $"json_to_recordset(CAST(@{parameter} AS json)) AS {alias}({string.Join(", ", columns.Select(static column => $"{column.Name} {TypeOf(column.Type)}"))})";

    public string InsertIgnore(string rows) => StandardSql.InsertIgnore(rows);

    public string Upsert(string rows, string key, string set) => StandardSql.Upsert(rows, key, set);

    public string UpdateFrom(string table, string source, string on, string set) => StandardSql.UpdateFrom(table, source, on, set);

    public string Greatest(params IReadOnlyList<string> values) => $"greatest({string.Join(", ", values)})";

    public string Least(params IReadOnlyList<string> values) => $"least({string.Join(", ", values)})";

    public string WholeNumber(string expression) => $"CAST({expression} AS bigint)";

    public bool IsUniqueViolation(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public bool IsTransient(Exception exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable
    };

    public bool IsUnavailable(Exception exception) => exception switch
    {
        ControlUnavailableException => true,
        PostgresException { SqlState: var state } => state
            is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.DatabaseDropped
            or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.QueryCanceled or IdleInTransactionTimeout
            || state.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException or SocketException or IOException or TimeoutException => true,
        _ => false,
    };

    public bool IsDiskFull(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.DiskFull };

    // The character NUL: https://www.postgresql.org/docs/current/datatype-character.html
    public bool IsUnfitText(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter };

    private static string TypeOf(JsonColumnType type) => type switch
    {
        JsonColumnType.Text => "text",
        JsonColumnType.Integer => "bigint",
        _ => "double precision",
    };
}
