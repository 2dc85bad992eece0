using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Runs.Files;

/// <summary>Reads and writes <c>run_files</c>.</summary>
internal static class FileStore
{
    private const string Columns = "f.run_key, f.name, f.content_id, f.size_bytes, f.sha256, f.received_bytes, f.complete";

    public static Task<IReadOnlyList<FileRow>> ListAsync(ControlSession session, string runKey) =>
        session.ListAsync<FileRow>($"SELECT {Columns} FROM run_files f WHERE f.run_key = @runKey ORDER BY f.name", new { runKey });

    public static Task<FileRow?> FindAsync(ControlSession session, string runKey, string name) =>
        session.FindAsync<FileRow>($"SELECT {Columns} FROM run_files f WHERE f.run_key = @runKey AND f.name = @name", new { runKey, name });

    public static Task InsertAsync(ControlSession session, FileRow row) => session.ExecuteAsync(
        """
        INSERT INTO run_files (run_key, name, content_id, size_bytes, sha256, received_bytes, complete)
        VALUES (@RunKey, @Name, @ContentId, @SizeBytes, @Sha256, @ReceivedBytes, @Complete)
        """,
        row);

    public static Task DeleteAsync(ControlSession session, FileRow row) =>
        session.ExecuteAsync("DELETE FROM run_files WHERE run_key = @RunKey AND name = @Name", new { row.RunKey, row.Name });

    /// <summary>Notes that a file has grown, unless somebody else was faster, or it is no longer the same.</summary>
    public static async Task<bool> GrowAsync(ControlSession session, FileRow row, long received) => await session.ExecuteAsync(
        "UPDATE run_files SET received_bytes = @received WHERE run_key = @RunKey AND name = @Name AND content_id = @ContentId AND received_bytes = @ReceivedBytes AND complete = 0",
        new { row.RunKey, row.Name, row.ContentId, row.ReceivedBytes, received }) == 1;

    public static async Task<bool> CompleteAsync(ControlSession session, FileRow row) => await session.ExecuteAsync(
        "UPDATE run_files SET complete = 1 WHERE run_key = @RunKey AND name = @Name AND content_id = @ContentId", new { row.RunKey, row.Name, row.ContentId }) == 1;

    /// <summary>Begins a file again under another content.</summary>
    public static async Task<bool> RestartAsync(ControlSession session, FileRow row, string contentId) => await session.ExecuteAsync(
        "UPDATE run_files SET content_id = @contentId, received_bytes = 0, complete = 0 WHERE run_key = @RunKey AND name = @Name AND content_id = @ContentIdNow",
        new { row.RunKey, row.Name, ContentIdNow = row.ContentId, contentId }) == 1;
}

/// <summary>One row of <c>run_files</c>.</summary>
internal sealed record FileRow
{
    public required string RunKey { get; init; }

    public required string Name { get; init; }

    public required string ContentId { get; init; }

    public required long SizeBytes { get; init; }

    public required byte[] Sha256 { get; init; }

    public required long ReceivedBytes { get; init; }

    public required bool Complete { get; init; }

    public RunFile ToWire() => new(Name, SizeBytes, Convert.ToHexStringLower(Sha256), ReceivedBytes, Complete);
}
