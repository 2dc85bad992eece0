using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Engine;

/// <summary>Statements about the rows whose ids stand in the parameter <c>rows</c>, as JSON.</summary>
internal static class RowsById
{
    /// <summary>MySQL would look each row of the table up in the list; joined, it looks each id of the list up in the table.</summary>
    public static string Delete(IControlDialect dialect, string table, string column)
    {
        var ids = dialect.JsonRows("rows", "r", JsonColumn.Text("id"));
        return dialect.Engine == ControlEngine.MySql
            ? $"DELETE t FROM {ids} JOIN {table} t ON t.{column} = r.id"
            : $"DELETE FROM {table} WHERE {column} IN (SELECT r.id FROM {ids})";
    }
}
