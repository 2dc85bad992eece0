using System.Net.Sockets;
using System.Text.RegularExpressions;
using MySql.Data.MySqlClient;

namespace Signalbox.Server.Platform.Control;

/// <summary>How MySQL and MariaDB say it.</summary>
/// <remarks>Source: https://dev.mysql.com/doc/refman/8.0/en/sql-statements.html and https://mariadb.com/kb/en/mariadb-error-codes/</remarks>
internal sealed partial class MySqlDialect : IControlDialect
{
    private const string TextOrder = " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

    private const int DuplicateEntry = 1062;
    private const int DuplicateEntryWithKeyName = 1586;

    /// <summary>Deadlock, lock not had in time, row changed since the snapshot, lock taken and not waited for.</summary>
    private static readonly HashSet<int> Transient = [1213, 1205, 1020, 3572];

    /// <summary>Disk full, table full.</summary>
    private static readonly HashSet<int> Full = [1021, 1114];

    /// <summary>Too many connections, no connection, shutdown, lost, killed, closed for idleness, statement stopped by a time limit.</summary>
    private static readonly HashSet<int> Unavailable =
        [1040, 1042, 1043, 1053, 1077, 1078, 1079, 1080, 1081, 1152, 1158, 1159, 1160, 1161, 1184, 1203, 1226, 1317, 1927, 1969, 2002, 2003, 2006, 2013, 2055, 3024, 4031];

    public static MySqlDialect Instance { get; } = new();

    public ControlEngine Engine => ControlEngine.MySql;

    // In UTC by itself, so the session's time zone does not matter.
    public string NowMs => "(TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(3)) DIV 1000)";

    public bool HasReturning => false;

    public string ForUpdate => "FOR UPDATE";

    public string ForUpdateSkipLocked => "FOR UPDATE SKIP LOCKED";

    public IReadOnlyDictionary<string, string> Types { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [ColumnTypes.Id] = "VARCHAR(64)" + TextOrder,
        [ColumnTypes.Name] = "VARCHAR(255)" + TextOrder,
        [ColumnTypes.Text] = "TEXT" + TextOrder,
        [ColumnTypes.LongText] = "MEDIUMTEXT" + TextOrder,
        [ColumnTypes.Hash] = "VARBINARY(64)",
        [ColumnTypes.Bytes] = "MEDIUMBLOB",
        [ColumnTypes.BigInt] = "BIGINT",
        [ColumnTypes.Int] = "INT",
        [ColumnTypes.Bool] = "SMALLINT",
        [ColumnTypes.Real] = "DOUBLE",
    };

    public string JsonRows(string parameter, string alias, params IReadOnlyList<JsonColumn> columns) =>
        $"JSON_TABLE(@{parameter}, '$[*]' COLUMNS ({string.Join(", ", columns.Select(static column => $"{column.Name} {TypeOf(column.Type)} PATH '$.{column.Name}'"))})) AS {alias}";

    public string InsertIgnore(string rows) => $"INSERT IGNORE INTO {rows}";

    public string Upsert(string rows, string key, string set) => $"INSERT INTO {rows} ON DUPLICATE KEY UPDATE {Excluded().Replace(set, "VALUES(${column})")}";

    public string UpdateFrom(string table, string source, string on, string set) => $"UPDATE {table} JOIN {source} ON {on} SET {set}";

    public string Greatest(params IReadOnlyList<string> values) => $"greatest({string.Join(", ", values)})";

    public string Least(params IReadOnlyList<string> values) => $"least({string.Join(", ", values)})";

    public string WholeNumber(string expression) => $"CAST({expression} AS SIGNED)";

    public bool IsUniqueViolation(Exception exception) => exception is MySqlException { Number: DuplicateEntry or DuplicateEntryWithKeyName };

    public bool IsTransient(Exception exception) => exception is MySqlException error && Transient.Contains(error.Number);

    public bool IsUnavailable(Exception exception)
    {
        // The driver wraps what the network said, sometimes several times.
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is ControlUnavailableException or SocketException or IOException or TimeoutException || (cause is MySqlException error && Unavailable.Contains(error.Number)))
            {
                return true;
            }
        }

        return false;
    }

    public bool IsDiskFull(Exception exception) => exception is MySqlException error && Full.Contains(error.Number);

    public bool IsUnfitText(Exception exception) => false;

    private static string TypeOf(JsonColumnType type) => type switch
    {
        JsonColumnType.Text => "MEDIUMTEXT" + TextOrder,
        JsonColumnType.Integer => "BIGINT",
        _ => "DOUBLE",
    };

    [GeneratedRegex(@"\bexcluded\.(?<column>\w+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Excluded();
}
