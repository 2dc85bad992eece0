using System.Data;
using System.Data.Common;

namespace Signalbox.Server.Audit.Verification;

/// <summary>Reads events from a database server, into one buffer.</summary>
internal static class EventReader
{
    private const int MostBody = 1 << 17;

    public static async Task ReadAsync(DbConnection connection, long from, long until, TileGatherer gatherer, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT position, time_ms, leaf, body FROM audit_events WHERE position >= @from AND position < @until ORDER BY position";
        command.CommandTimeout = 0;
        Add(command, "@from", from);
        Add(command, "@until", until);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
        var leaf = new byte[64];
        var body = new byte[MostBody];
        while (await reader.ReadAsync(cancellationToken))
        {
            var position = reader.GetInt64(0);
            var time = reader.GetInt64(1);
            var leafLength = (int)reader.GetBytes(2, 0, leaf, 0, leaf.Length);
            var bodyLength = (int)reader.GetBytes(3, 0, body, 0, body.Length);
            gatherer.Add(position, time, leaf.AsSpan(0, leafLength), body.AsSpan(0, bodyLength));
        }
    }

    private static void Add(DbCommand command, string name, long value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
