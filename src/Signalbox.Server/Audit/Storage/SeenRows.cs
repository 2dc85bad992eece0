using System.Globalization;
using System.Text;
using Dapper;
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
            var parameters = new DynamicParameters(new { log });
            var rows = await session.ListAsync<SeenRow>($"SELECT event_id, sequence FROM audit_seen WHERE log = @log AND event_id IN {InList.Of(parameters, part)}", parameters);
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

    /// <summary>Notes ids of events that are being added.</summary>
    public static async Task AddAsync(ControlSession session, int log, IReadOnlyList<SeenRow> rows)
    {
        foreach (var part in rows.Chunk(Chunk))
        {
            var parameters = new DynamicParameters();
            parameters.Add("log", log);
            var sql = new StringBuilder("INSERT INTO audit_seen (log, event_id, sequence) VALUES ");
            for (var index = 0; index < part.Length; index++)
            {
                var number = index.ToString(CultureInfo.InvariantCulture);
                sql.Append(index == 0 ? "(" : ", (").Append(CultureInfo.InvariantCulture, $"@log, @i{number}, {part[index].Sequence})");
                parameters.Add("i" + number, part[index].EventId);
            }

            await session.ExecuteAsync(sql.ToString(), parameters);
        }
    }
}

/// <summary>One id and the place of its event.</summary>
internal sealed record SeenRow(string EventId, long Sequence);
