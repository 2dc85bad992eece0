using Npgsql;
using NpgsqlTypes;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Storage;

/// <summary>Adds events with a binary COPY.</summary>
/// <remarks>Source: https://www.postgresql.org/docs/15/sql-copy.html</remarks>
internal sealed class PostgreSqlAppender : IEventAppender
{
    public async Task AppendAsync(ControlSession session, IReadOnlyList<NewEvent> events)
    {
        var connection = (NpgsqlConnection)session.Connection;
        await using var writer = await connection.BeginBinaryImportAsync("COPY audit_events (position, time_ms, leaf, body) FROM STDIN (FORMAT BINARY)", CancellationToken.None);
        for (var index = 0; index < events.Count; index++)
        {
            var row = events[index];
            await writer.StartRowAsync(CancellationToken.None);
            await writer.WriteAsync(row.Position, NpgsqlDbType.Bigint, CancellationToken.None);
            await writer.WriteAsync(row.TimeMs, NpgsqlDbType.Bigint, CancellationToken.None);
            await writer.WriteAsync(row.Leaf, NpgsqlDbType.Bytea, CancellationToken.None);
            await writer.WriteAsync(row.Body, NpgsqlDbType.Bytea, CancellationToken.None);
        }

        await writer.CompleteAsync(CancellationToken.None);
    }
}
