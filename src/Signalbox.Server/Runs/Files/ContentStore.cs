using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Runs.Files;

/// <summary>Reads and writes <c>run_contents</c>.</summary>
internal static class ContentStore
{
    public static async Task InsertAsync(ControlSession session, string contentId, IReadOnlyList<ContentRow> rows)
    {
        foreach (var row in rows)
        {
            await session.ExecuteAsync(
                "INSERT INTO run_contents (content_id, start_byte, length, line_count, packed, data) VALUES (@contentId, @StartByte, @Length, @LineCount, @Packed, @Data)",
                new { contentId, row.StartByte, row.Length, row.LineCount, row.Packed, row.Data });
        }
    }

    /// <summary>The rows from the one on that holds a byte, in order.</summary>
    public static Task<IReadOnlyList<ContentRow>> ListAsync(ControlSession session, string contentId, long fromByte, int limit) => session.ListAsync<ContentRow>(
        """
        SELECT start_byte, length, line_count, packed, data FROM run_contents
        WHERE content_id = @contentId AND start_byte + length > @fromByte ORDER BY start_byte LIMIT @limit
        """,
        new { contentId, fromByte, limit });

    /// <summary>Where each row begins and how many line feeds it holds, in order.</summary>
    public static Task<IReadOnlyList<ContentPlace>> ListPlacesAsync(ControlSession session, string contentId) =>
        session.ListAsync<ContentPlace>("SELECT start_byte, line_count FROM run_contents WHERE content_id = @contentId ORDER BY start_byte", new { contentId });

    /// <summary>Lets go of a content; its rows are deleted later, a few at a time.</summary>
    public static Task ForgetAsync(ControlSession session, string contentId) =>
        session.ExecuteAsync(session.Dialect.InsertIgnore("run_garbage (content_id) VALUES (@contentId)"), new { contentId });
}

/// <summary>Where a row of a content begins.</summary>
internal sealed record ContentPlace
{
    public required long StartByte { get; init; }

    public required int LineCount { get; init; }
}
