using System.Globalization;
using System.Text;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Audit.Bench.Querying;

/// <summary>What one would write oneself: a table with a column and an index for everything that is asked for.</summary>
internal static class PlainTable
{
    private const int Batch = 4096;
    private const int RowsAtOnce = 64;
    private const string Columns = "number, time_ms, event_id, actor, action, resource_type, resource_id, outcome, address, trace, source, message, body";

    public static async Task BuildAsync(AuditDatabase database, int events, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync(ColumnTypes.Fill(
                    "CREATE TABLE plain_events (number {bigint} NOT NULL PRIMARY KEY, time_ms {bigint} NOT NULL, event_id {id} NOT NULL, actor {id} NOT NULL, action {id} NOT NULL, resource_type {id} NOT NULL, resource_id {id} NOT NULL, outcome {id} NOT NULL, address {id} NOT NULL, trace {id} NOT NULL, source {id} NOT NULL, message {text} NOT NULL, body {bytes} NOT NULL)",
                    session.Dialect));
                foreach (var key in new[] { "time_ms", "event_id", "actor", "action", "resource_type, resource_id", "resource_id", "outcome", "address", "trace", "source" })
                {
                    await session.ExecuteAsync($"CREATE INDEX plain_by_{key.Split(',')[0]}{(key.Contains(',', StringComparison.Ordinal) ? "_id" : string.Empty)} ON plain_events ({key}, number)");
                }
            },
            cancellationToken);
        for (var first = 0; first < events; first += Batch)
        {
            var start = first;
            await database.WriteAsync(session => AppendAsync(session, start, Math.Min(Batch, events - start)), cancellationToken);
        }
    }

    /// <summary>A page of 51, as one asks to know whether there is more.</summary>
    public static async Task<int> ReadAsync(ControlSession session, QueryCase query, BenchEvent one, long? before)
    {
        await using var command = session.Connection.CreateCommand();
        var oldestFirst = query.Query(one).OldestFirst;
        var cursor = before is { } number ? string.Create(CultureInfo.InvariantCulture, $" AND number {(oldestFirst ? '>' : '<')} {number}") : string.Empty;
        command.CommandText = $"SELECT number, time_ms, body FROM plain_events WHERE {query.Condition}{cursor} ORDER BY number {(oldestFirst ? "ASC" : "DESC")} LIMIT 51";
        command.CommandTimeout = 120;
        foreach (var (value, index) in query.Values(one).Select(static (value, index) => (value, index)))
        {
            LogBuilder.Add(command, string.Create(CultureInfo.InvariantCulture, $"@{index}"), value);
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = 0;
        while (await reader.ReadAsync())
        {
            _ = reader.GetFieldValue<byte[]>(2);
            rows++;
        }

        return rows;
    }

    private static async Task AppendAsync(ControlSession session, int first, int count)
    {
        foreach (var rows in Enumerable.Range(first, count).Select(static number => BenchEvent.Make(number)).Chunk(RowsAtOnce))
        {
            await using var command = session.Connection.CreateCommand();
            var text = new StringBuilder($"INSERT INTO plain_events ({Columns}) VALUES ");
            for (var row = 0; row < rows.Length; row++)
            {
                var one = rows[row];
                object[] values = [one.Number, one.TimeMs, one.Id, one.ActorId, one.Action, one.Type, one.ResourceId, one.Outcome, one.Address, one.Trace, one.Source, $"Audit: {one.ActorName} {one.Action} {one.Type} {one.ResourceName}", one.Body()];
                text.Append(row == 0 ? "(" : ", (");
                for (var column = 0; column < values.Length; column++)
                {
                    var name = string.Create(CultureInfo.InvariantCulture, $"@r{row}c{column}");
                    text.Append(column == 0 ? string.Empty : ", ").Append(name);
                    LogBuilder.Add(command, name, values[column]);
                }

                text.Append(')');
            }

            command.CommandText = text.ToString();
            await command.ExecuteNonQueryAsync();
        }
    }
}
