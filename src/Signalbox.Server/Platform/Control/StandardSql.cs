namespace Signalbox.Server.Platform.Control;

/// <summary>Forms of statements that SQLite and PostgreSQL share.</summary>
/// <remarks>Source: https://www.sqlite.org/lang_upsert.html and https://www.postgresql.org/docs/15/sql-insert.html</remarks>
internal static class StandardSql
{
    public static string InsertIgnore(string rows) => $"INSERT INTO {rows} ON CONFLICT DO NOTHING";

    public static string Upsert(string rows, string key, string set) => $"INSERT INTO {rows} ON CONFLICT ({key}) DO UPDATE SET {set}";

    public static string UpdateFrom(string table, string source, string on, string set) => $"UPDATE {table} SET {set} FROM {source} WHERE {on}";
}
