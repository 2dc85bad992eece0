using Microsoft.Data.Sqlite;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Storage;

/// <summary>Adds events through one prepared statement, which lives as long as the writer's connection.</summary>
internal sealed class SqliteAppender : IEventAppender
{
    private SqliteConnection? _connection;
    private SqliteCommand? _insert;

    public Task AppendAsync(ControlSession session, IReadOnlyList<NewEvent> events)
    {
        var insert = Prepare((SqliteConnection)session.Connection);
        var (position, time, leaf, body) = (insert.Parameters[0], insert.Parameters[1], insert.Parameters[2], insert.Parameters[3]);
        for (var index = 0; index < events.Count; index++)
        {
            var row = events[index];
            position.Value = row.Position;
            time.Value = row.TimeMs;
            leaf.Value = row.Leaf;
            body.Value = row.Body;
            insert.ExecuteNonQuery();
        }

        return Task.CompletedTask;
    }

    private SqliteCommand Prepare(SqliteConnection connection)
    {
        if (_insert is not null && ReferenceEquals(connection, _connection))
        {
            return _insert;
        }

        _insert?.Dispose();
        _insert = connection.CreateCommand();
        _insert.CommandText = "INSERT INTO audit_events (position, time_ms, leaf, body) VALUES (@position, @time, @leaf, @body)";
        _insert.Parameters.Add("@position", SqliteType.Integer);
        _insert.Parameters.Add("@time", SqliteType.Integer);
        _insert.Parameters.Add("@leaf", SqliteType.Blob);
        _insert.Parameters.Add("@body", SqliteType.Blob);
        _insert.Prepare();
        _connection = connection;
        return _insert;
    }
}
