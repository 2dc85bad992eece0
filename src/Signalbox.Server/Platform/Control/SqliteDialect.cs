using Microsoft.Data.Sqlite;

namespace Signalbox.Server.Platform.Control;

/// <summary>How SQLite says it.</summary>
/// <remarks>Its clock is the process's, given to each connection as the function <c>now_ms()</c>. Source: https://www.sqlite.org/lang.html and https://www.sqlite.org/rescode.html</remarks>
internal sealed class SqliteDialect : IControlDialect
{
    public const string NowFunction = "now_ms";

    private const int Busy = 5;
    private const int Locked = 6;
    private const int CannotOpen = 14;
    private const int InputOutput = 10;
    private const int Full = 13;
    private const int Constraint = 19;
    private const int UniqueConstraint = 2067;
    private const int PrimaryKeyConstraint = 1555;
    private const int RowIdConstraint = 2579;

    public static SqliteDialect Instance { get; } = new();

    public ControlEngine Engine => ControlEngine.Sqlite;

    public string NowMs => $"(SELECT {NowFunction}())";

    public bool HasReturning => true;

    public string ForUpdate => string.Empty;

    public string ForUpdateSkipLocked => string.Empty;

    public IReadOnlyDictionary<string, string> Types { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [ColumnTypes.Id] = "TEXT",
        [ColumnTypes.Name] = "TEXT",
        [ColumnTypes.Text] = "TEXT",
        [ColumnTypes.LongText] = "TEXT",
        [ColumnTypes.Hash] = "BLOB",
        [ColumnTypes.Bytes] = "BLOB",
        [ColumnTypes.BigInt] = "INTEGER",
        [ColumnTypes.Int] = "INTEGER",
        [ColumnTypes.Bool] = "INTEGER",
        [ColumnTypes.Real] = "REAL",
    };

    public string JsonRows(string parameter, string alias, params IReadOnlyList<JsonColumn> columns) =>
        $"(SELECT {string.Join(", ", columns.Select(static column => $"json_extract(value, '$.{column.Name}') AS {column.Name}"))} FROM json_each(@{parameter})) AS {alias}";

    public string InsertIgnore(string rows) => StandardSql.InsertIgnore(rows);

    public string Upsert(string rows, string key, string set) => StandardSql.Upsert(rows, key, set);

    public string UpdateFrom(string table, string source, string on, string set) => StandardSql.UpdateFrom(table, source, on, set);

    public string Greatest(params IReadOnlyList<string> values) => $"max({string.Join(", ", values)})";

    public string Least(params IReadOnlyList<string> values) => $"min({string.Join(", ", values)})";

    public string WholeNumber(string expression) => $"CAST({expression} AS INTEGER)";

    public bool IsUniqueViolation(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: Constraint, SqliteExtendedErrorCode: UniqueConstraint or PrimaryKeyConstraint or RowIdConstraint };

    public bool IsTransient(Exception exception) => exception is SqliteException { SqliteErrorCode: Busy or Locked };

    public bool IsUnavailable(Exception exception) => exception is SqliteException { SqliteErrorCode: CannotOpen or InputOutput };

    public bool IsDiskFull(Exception exception) => exception is SqliteException { SqliteErrorCode: Full };

    public bool IsUnfitText(Exception exception) => false;
}
