using System.Globalization;
using System.Text;
using Signalbox.Server.Audit.Records;
using Signalbox.Server.Audit.Storage;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Audit.Bench.Querying;

/// <summary>Fills a log by batches, with rows and index but without the tree, which no search reads.</summary>
internal static class LogBuilder
{
    public const string Tenant = "default";

    private const int Batch = 4096;
    private const int RowsAtOnce = 128;

    public static async Task BuildAsync(BenchStore store, int events, CancellationToken cancellationToken)
    {
        var next = Make(0, events);
        for (var first = 0; first < events; first += Batch)
        {
            // The next batch is made while this one is written, as the requests of a server would.
            var records = await next;
            var following = first + records.Count;
            next = Make(following, events);
            await store.Database.WriteAsync(session => AppendAsync(store, session, records), cancellationToken);
        }
    }

    private static Task<List<PreparedRecord>> Make(int first, int events) => Task.Run(() => Enumerable.Range(first, Math.Max(0, Math.Min(Batch, events - first)))
        .Select(static number => BenchEvent.Make(number))
        .Select(static made => new PreparedRecord(made.Id, Tenant, made.TimeMs, made.Body()))
        .ToList());

    private static async Task AppendAsync(BenchStore store, ControlSession session, List<PreparedRecord> records)
    {
        var log = await LogRows.FindAsync(session, Tenant);
        if (log is null)
        {
            await LogRows.TryAddAsync(session, Tenant, new byte[32], string.Empty, timeMs: 0);
            log = (await LogRows.FindAsync(session, Tenant))!;
        }

        var sequence = log.Size;
        foreach (var rows in records.Chunk(RowsAtOnce))
        {
            await InsertAsync(session, log.Log, sequence, rows);
            sequence += rows.Length;
        }

        await store.Index.AppendAsync(session, log.Log, log.Size, records);
        await LogRows.TryGrowAsync(session, log, log with { Size = log.Size + records.Count });
    }

    private static async Task InsertAsync(ControlSession session, int log, long sequence, PreparedRecord[] rows)
    {
        await using var command = session.Connection.CreateCommand();
        var text = new StringBuilder("INSERT INTO audit_events (position, time_ms, leaf, body) VALUES ");
        for (var row = 0; row < rows.Length; row++)
        {
            text.Append(row == 0 ? string.Empty : ", ").Append(CultureInfo.InvariantCulture, $"({EventPosition.Of(log, sequence + row)}, {rows[row].TimeMs}, @leaf, @body{row})");
            Add(command, string.Create(CultureInfo.InvariantCulture, $"@body{row}"), rows[row].Body);
        }

        Add(command, "@leaf", new byte[32]);
        command.CommandText = text.ToString();
        await command.ExecuteNonQueryAsync();
    }

    public static void Add(System.Data.Common.DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
