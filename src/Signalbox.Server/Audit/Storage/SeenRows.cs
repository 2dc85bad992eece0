using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Storage;

/// <summary>Remembers the ids that may come a second time, so that nothing enters the log twice.</summary>
internal static class SeenRows
{
    private const int Chunk = 500;

    /// <summary>Which of these ids are in the log already, with their sequences.</summary>
    public static async Task<Dictionary<string, long>> FindAsync(ControlSession session, int log, IReadOnlyCollection<string> ids)
    {
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var part in ids.Chunk(Chunk))
        {
            var rows = await session.ListAsync<SeenRow>("SELECT event_id, sequence FROM audit_seen WHERE log = @log AND event_id IN @part", new { log, part });
            foreach (var row in rows)
            {
                found[row.EventId] = row.Sequence;
            }
        }

        return found;
    }

    /// <summary>The sequence of the event with this id; null when it is not in the log or was not given its id from outside.</summary>
    public static Task<long?> FindAsync(ControlSession session, int log, string id) =>
        session.FindAsync<long?>("SELECT sequence FROM audit_seen WHERE log = @log AND event_id = @id", new { log, id });

    /// <summary>Forgets the ids of events whose payload is gone.</summary>
    public static Task<int> DeleteAsync(ControlSession session, int log, long beforeSequence) =>
        session.ExecuteAsync("DELETE FROM audit_seen WHERE log = @log AND sequence < @beforeSequence", new { log, beforeSequence });

    private sealed record SeenRow
    {
        public required string EventId { get; init; }

        public required long Sequence { get; init; }
    }
}
