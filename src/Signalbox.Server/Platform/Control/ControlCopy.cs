using System.Globalization;
using System.Text;
using Dapper;

namespace Signalbox.Server.Platform.Control;

/// <summary>Copies every row of a control database in a file into another control database of the same schema, all or nothing.</summary>
internal static class ControlCopy
{
    // Few enough that a statement with the longest texts of output stays below what MySQL takes in one packet.
    private const int RowsAStatement = 50;

    private const string RowId = "copied_row_id";

    /// <param name="sources">On SQLite; each holds tables of its own.</param>
    /// <param name="to">What a new schema begins with is replaced; nobody else may use it meanwhile.</param>
    /// <returns>The tables with the number of rows copied, in the order of their making, which is one that foreign keys allow.</returns>
    public static Task<IReadOnlyList<CopiedTable>> RunAsync(IReadOnlyList<ControlDatabase> sources, ControlDatabase to, CancellationToken cancellationToken) => to.WriteAsync<IReadOnlyList<CopiedTable>>(
        async target =>
        {
            var copied = new List<CopiedTable>();
            foreach (var from in sources)
            {
                copied.AddRange(await from.ReadAsync(source => CopyAsync(source, target), cancellationToken));
            }

            return copied;
        },
        cancellationToken);

    private static async Task<IReadOnlyList<CopiedTable>> CopyAsync(ControlSession source, ControlSession target)
    {
        var tables = await source.ListAsync<string>(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'schema_migrations' ORDER BY rowid");
        var copied = new List<CopiedTable>();
        foreach (var table in tables)
        {
            copied.Add(new CopiedTable(table, await CopyAsync(source, target, table)));
        }

        return copied;
    }

    private static async Task<long> CopyAsync(ControlSession source, ControlSession target, string table)
    {
        await target.ExecuteAsync($"DELETE FROM {table}");
        var count = 0L;
        var last = long.MinValue;
        while (true)
        {
            var rows = await source.ListAsync<object>(
                $"SELECT rowid AS {RowId}, * FROM {table} WHERE rowid > @last ORDER BY rowid LIMIT @rows", new { last, rows = RowsAStatement });
            if (rows.Count == 0)
            {
                return count;
            }

            var values = rows.Cast<IDictionary<string, object?>>().ToList();
            last = (long)values[^1][RowId]!;
            await InsertAsync(target, table, values);
            count += rows.Count;
        }
    }

    private static Task<int> InsertAsync(ControlSession target, string table, List<IDictionary<string, object?>> rows)
    {
        var columns = rows[0].Keys.Where(static column => column != RowId).ToList();
        var sql = new StringBuilder($"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ");
        var parameters = new DynamicParameters();
        for (var row = 0; row < rows.Count; row++)
        {
            var values = columns.Select((column, index) =>
            {
                // A null among parameters has no type, which PostgreSQL would have to guess.
                if (rows[row][column] is not { } value)
                {
                    return "NULL";
                }

                var name = string.Create(CultureInfo.InvariantCulture, $"p{row}_{index}");
                parameters.Add(name, value);
                return "@" + name;
            });
            sql.Append(row == 0 ? "(" : ", (").AppendJoin(", ", values).Append(')');
        }

        return target.ExecuteAsync(sql.ToString(), parameters);
    }
}

/// <summary>One table that was copied.</summary>
internal sealed record CopiedTable(string Name, long Rows);
