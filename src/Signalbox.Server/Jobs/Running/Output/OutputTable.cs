using System.Globalization;
using System.Text;
using Dapper;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Jobs.Running.Output;

/// <summary>The table <c>job_output</c> of the control database.</summary>
internal sealed class OutputTable(ControlDatabase database) : IOutputTable
{
    /// <summary>Rows in one statement: five parameters each, well below what any of the databases takes.</summary>
    private const int RowsPerStatement = 50;

    private const string Delete = "DELETE FROM job_output WHERE execution_id = @execution AND seq >= @from AND seq < @below";

    public Task WriteAsync(IReadOnlyList<OutputChange> changes, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            foreach (var change in changes)
            {
                await DeleteAsync(session, change);
            }

            foreach (var rows in changes.SelectMany(static change => change.Rows.Select(row => (change.ExecutionId, Row: row))).Chunk(RowsPerStatement))
            {
                await InsertAsync(session, rows);
            }
        },
        cancellationToken);

    private static async Task DeleteAsync(ControlSession session, OutputChange change)
    {
        if (change.Unsure)
        {
            await session.ExecuteAsync(Delete, new { execution = change.ExecutionId, from = change.After + 1, below = change.End });
        }

        if (change.DeleteBelow > change.DeleteFrom)
        {
            await session.ExecuteAsync(Delete, new { execution = change.ExecutionId, from = change.DeleteFrom, below = change.DeleteBelow });
        }
    }

    private static async Task InsertAsync(ControlSession session, (string ExecutionId, OutputRow Row)[] rows)
    {
        var sql = new StringBuilder("INSERT INTO job_output (execution_id, seq, stream, at_ms, text) VALUES ");
        var parameters = new DynamicParameters();
        for (var index = 0; index < rows.Length; index++)
        {
            var (executionId, row) = rows[index];
            sql.Append(CultureInfo.InvariantCulture, $"{(index == 0 ? string.Empty : ", ")}(@e{index}, @q{index}, @s{index}, @a{index}, @t{index})");
            parameters.Add(string.Create(CultureInfo.InvariantCulture, $"e{index}"), executionId);
            parameters.Add(string.Create(CultureInfo.InvariantCulture, $"q{index}"), row.Seq);
            parameters.Add(string.Create(CultureInfo.InvariantCulture, $"s{index}"), OutputStreams.NameOf(row.Stream));
            parameters.Add(string.Create(CultureInfo.InvariantCulture, $"a{index}"), row.AtMs);
            parameters.Add(string.Create(CultureInfo.InvariantCulture, $"t{index}"), row.Text);
        }

        await session.ExecuteAsync(sql.ToString(), parameters);
    }
}
