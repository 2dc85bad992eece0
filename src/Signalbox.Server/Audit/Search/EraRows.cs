using System.Data.Common;
using System.Globalization;
using System.Text;
using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Search;

/// <summary>Reads and writes the index's tables.</summary>
/// <remarks>Rows are read by hand: a mapper's work per row would be most of the time of a search.</remarks>
internal static class EraRows
{
    private const int RowsAtOnce = 64;

    /// <summary>Writes a full era, in the place of what may be there of it.</summary>
    public static async Task WriteAsync(ControlSession session, int log, EraView era, EraShape shape)
    {
        var times = TileTimes.Of(era.Times());
        await session.ExecuteAsync(
            session.Dialect.Upsert(
                "audit_eras (log, era, first_ms, last_ms, tile_times) VALUES (@log, @Era, @First, @Last, @tiles)",
                "log, era",
                "first_ms = excluded.first_ms, last_ms = excluded.last_ms, tile_times = excluded.tile_times"),
            new { log, era.Era, times.First, times.Last, tiles = times.Write() });
        var part = 0;
        foreach (var rows in EraWriter.Rows(era, log, shape).Chunk(RowsAtOnce))
        {
            await WriteAsync(session, rows, row => EraShape.Position(log, part + row, era.Era));
            part += rows.Length;
        }
    }

    /// <summary>Reads one part's rows of some eras.</summary>
    /// <param name="eras">Ascending, not empty.</param>
    /// <param name="take">Is given each row that is there, with its era.</param>
    public static async Task ReadAsync(ControlSession session, int log, int part, IReadOnlyList<long> eras, Action<long, byte[]> take)
    {
        await using var command = session.Connection.CreateCommand();
        if (eras[^1] - eras[0] < eras.Count * 4L)
        {
            command.CommandText = "SELECT position, postings FROM audit_index WHERE position >= @first AND position <= @last";
            Add(command, "@first", EraShape.Position(log, part, eras[0]));
            Add(command, "@last", EraShape.Position(log, part, eras[^1]));
        }
        else
        {
            // Few and far between: to pass by the rows in the middle would take longer than to look each one up.
            var positions = string.Join(", ", eras.Select(era => EraShape.Position(log, part, era).ToString(CultureInfo.InvariantCulture)));
            command.CommandText = $"SELECT position, postings FROM audit_index WHERE position IN ({positions})";
        }

        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            take(EraShape.EraOfPosition(reader.GetInt64(0)), reader.GetFieldValue<byte[]>(1));
        }
    }

    /// <summary>The times of eras; those of their tiles only where a bound lies within the era.</summary>
    /// <param name="eras">The first and the last of them.</param>
    public static Task<IReadOnlyList<EraRow>> ListAsync(ControlSession session, int log, (long First, long Last) eras, long fromMs, long untilMs) => session.ListAsync<EraRow>(
        """
        SELECT era, first_ms, last_ms, CASE WHEN first_ms < @fromMs OR last_ms >= @untilMs THEN tile_times END AS tile_times
        FROM audit_eras WHERE log = @log AND era >= @First AND era <= @Last
        """,
        new { log, eras.First, eras.Last, fromMs, untilMs });

    /// <summary>Deletes what is kept of the eras before <paramref name="era"/>, the oldest first and at most <paramref name="most"/> of them; nothing but a look where there are none.</summary>
    /// <returns>How many were deleted.</returns>
    public static async Task<int> DeleteAsync(ControlSession session, int log, long era, int most, EraShape shape)
    {
        var origin = EraShape.Position(log, 0, 0);
        var old = await session.ListAsync<long>(
            "SELECT era FROM audit_eras WHERE log = @log AND era < @era UNION SELECT position - @origin FROM audit_index WHERE position >= @origin AND position < @origin + @era ORDER BY 1 LIMIT @most",
            new { log, era, origin, most });
        foreach (var gone in old)
        {
            await using var command = session.Connection.CreateCommand();
            var positions = Enumerable.Range(0, shape.Parts).Select(part => EraShape.Position(log, part, gone).ToString(CultureInfo.InvariantCulture));
            command.CommandText = $"DELETE FROM audit_index WHERE position IN ({string.Join(", ", positions)})";
            await command.ExecuteNonQueryAsync();
            await session.ExecuteAsync("DELETE FROM audit_eras WHERE log = @log AND era = @gone", new { log, gone });
        }

        return old.Count;
    }

    private static async Task WriteAsync(ControlSession session, byte[][] rows, Func<int, long> position)
    {
        await using var command = session.Connection.CreateCommand();
        var values = new StringBuilder("audit_index (position, postings) VALUES ");
        for (var row = 0; row < rows.Length; row++)
        {
            values.Append(row == 0 ? "(" : ", (").Append(position(row).ToString(CultureInfo.InvariantCulture)).Append(CultureInfo.InvariantCulture, $", @row{row})");
            Add(command, string.Create(CultureInfo.InvariantCulture, $"@row{row}"), rows[row]);
        }

        command.CommandText = session.Dialect.Upsert(values.ToString(), "position", "postings = excluded.postings");
        await command.ExecuteNonQueryAsync();
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}

/// <summary>What is kept of an era beside its terms.</summary>
internal sealed record EraRow
{
    public required long Era { get; init; }

    public required long FirstMs { get; init; }

    public required long LastMs { get; init; }

    /// <summary>Null where the whole era lies within what is asked for.</summary>
    public byte[]? TileTimes { get; init; }
}
