using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Storage;

/// <summary>Adds events with INSERTs of many rows.</summary>
internal sealed class MySqlAppender : IEventAppender
{
    private const int MostRows = 500;

    // A blob is escaped, which may double it, and the smallest usual max_allowed_packet is 16 MiB.
    private const int MostBytes = 4 << 20;

    public async Task AppendAsync(ControlSession session, IReadOnlyList<NewEvent> events)
    {
        for (var start = 0; start < events.Count;)
        {
            var bytes = 0;
            var end = start;
            while (end < events.Count && end - start < MostRows && (end == start || bytes + events[end].Body.Length <= MostBytes))
            {
                bytes += events[end++].Body.Length;
            }

            await InsertAsync(session.Connection, events, start, end);
            start = end;
        }
    }

    private static async Task InsertAsync(DbConnection connection, IReadOnlyList<NewEvent> events, int start, int end)
    {
        await using var command = connection.CreateCommand();
        var sql = new StringBuilder("INSERT INTO audit_events (position, time_ms, leaf, body) VALUES ");
        for (var index = start; index < end; index++)
        {
            var row = events[index];
            var number = (index - start).ToString(CultureInfo.InvariantCulture);
            sql.Append(index == start ? "(" : ", (").Append(CultureInfo.InvariantCulture, $"{row.Position}, {row.TimeMs}, @l{number}, @b{number})");
            Add(command, "@l" + number, row.Leaf);
            Add(command, "@b" + number, row.Body);
        }

        command.CommandText = sql.ToString();
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private static void Add(DbCommand command, string name, byte[] value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.DbType = DbType.Binary;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
