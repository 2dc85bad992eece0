using System.Data.Common;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Storage;

/// <summary>Reads and deletes the events of a log.</summary>
/// <remarks>Rows are read by hand: a mapper's work per row would be most of the time of a verification.</remarks>
internal static class EventRows
{
    /// <summary>Reads up to <paramref name="count"/> events from <paramref name="fromSequence"/> on, in order; those whose payload is gone are left out.</summary>
    public static Task<IReadOnlyList<StoredEvent>> ReadAsync(ControlSession session, int log, long fromSequence, int count) => QueryAsync(
        session,
        "SELECT position, time_ms, leaf, body FROM audit_events WHERE position >= @from AND position < @until ORDER BY position LIMIT @count",
        [("@from", EventPosition.Of(log, fromSequence)), ("@until", EventPosition.Of(log + 1, 0)), ("@count", (long)count)],
        count);

    /// <summary>Reads events backwards: up to <paramref name="count"/> with a sequence below <paramref name="beforeSequence"/>, the highest first.</summary>
    public static Task<IReadOnlyList<StoredEvent>> ReadBackwardsAsync(ControlSession session, int log, long beforeSequence, int count) => QueryAsync(
        session,
        "SELECT position, time_ms, leaf, body FROM audit_events WHERE position >= @from AND position < @until ORDER BY position DESC LIMIT @count",
        [("@from", EventPosition.Of(log, 0)), ("@until", EventPosition.Of(log, beforeSequence)), ("@count", (long)count)],
        count);

    /// <summary>Reads the events with these sequences, in ascending order.</summary>
    public static async Task<IReadOnlyList<StoredEvent>> ReadManyAsync(ControlSession session, int log, IReadOnlyList<long> sequences)
    {
        const int Chunk = 500;
        var events = new List<StoredEvent>(sequences.Count);
        foreach (var part in sequences.Order().Chunk(Chunk))
        {
            var keys = string.Join(", ", part.Select(sequence => EventPosition.Of(log, sequence).ToString(System.Globalization.CultureInfo.InvariantCulture)));
            events.AddRange(await QueryAsync(session, $"SELECT position, time_ms, leaf, body FROM audit_events WHERE position IN ({keys}) ORDER BY position", [], part.Length));
        }

        return events;
    }

    /// <summary>The leaf hashes of the events from <paramref name="fromSequence"/> up to but not including <paramref name="untilSequence"/>.</summary>
    public static async Task<IReadOnlyList<byte[]>> ReadLeavesAsync(ControlSession session, int log, long fromSequence, long untilSequence) => await session.ListAsync<byte[]>(
        "SELECT leaf FROM audit_events WHERE position >= @from AND position < @until ORDER BY position",
        new { from = EventPosition.Of(log, fromSequence), until = EventPosition.Of(log, untilSequence) });

    /// <summary>The times of the events from <paramref name="fromSequence"/> up to but not including <paramref name="untilSequence"/>, in order.</summary>
    public static Task<IReadOnlyList<long>> ReadTimesAsync(ControlSession session, int log, long fromSequence, long untilSequence) => session.ListAsync<long>(
        "SELECT time_ms FROM audit_events WHERE position >= @from AND position < @until ORDER BY position",
        new { from = EventPosition.Of(log, fromSequence), until = EventPosition.Of(log, untilSequence) });

    /// <summary>The lowest sequence whose row is there; null when there is none.</summary>
    public static async Task<long?> FindLowestAsync(ControlSession session, int log) =>
        await session.FindAsync<long?>(
            "SELECT MIN(position) FROM audit_events WHERE position >= @from AND position < @until",
            new { from = EventPosition.Of(log, 0), until = EventPosition.Of(log + 1, 0) }) is { } position
            ? EventPosition.SequenceOf(position)
            : null;

    /// <summary>Deletes the rows of a range; the tables refuse it for sequences from the log's first one on.</summary>
    public static Task<int> DeleteAsync(ControlSession session, int log, long fromSequence, long untilSequence) => session.ExecuteAsync(
        "DELETE FROM audit_events WHERE position >= @from AND position < @until",
        new { from = EventPosition.Of(log, fromSequence), until = EventPosition.Of(log, untilSequence) });

    private static async Task<IReadOnlyList<StoredEvent>> QueryAsync(ControlSession session, string sql, (string Name, long Value)[] parameters, int expected)
    {
        await using var command = session.Connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        await using var reader = await command.ExecuteReaderAsync();
        var events = new List<StoredEvent>(Math.Min(expected, 1024));
        while (await reader.ReadAsync())
        {
            events.Add(Read(reader));
        }

        return events;
    }

    private static StoredEvent Read(DbDataReader reader) => new(
        EventPosition.SequenceOf(reader.GetInt64(0)), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<byte[]>(3));
}
