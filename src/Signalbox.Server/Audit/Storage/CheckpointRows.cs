using Signalbox.Server.Platform.Control;

namespace Signalbox.Server.Audit.Storage;

/// <summary>Keeps and reads the history of a log's checkpoints.</summary>
internal static class CheckpointRows
{
    private const string Columns = "SELECT size, time_ms, note FROM audit_checkpoints";

    /// <summary>Keeps a checkpoint; one of the same size is kept already when somebody was faster.</summary>
    public static Task AddAsync(ControlSession session, int log, CheckpointRow checkpoint) => session.ExecuteAsync(
        session.Dialect.InsertIgnore("audit_checkpoints (log, size, time_ms, note) VALUES (@log, @Size, @TimeMs, @Note)"),
        new { log, checkpoint.Size, checkpoint.TimeMs, checkpoint.Note });

    /// <summary>The newest one that is kept; null when there is none.</summary>
    public static Task<CheckpointRow?> FindLastAsync(ControlSession session, int log) =>
        session.FindAsync<CheckpointRow>($"{Columns} WHERE log = @log ORDER BY size DESC LIMIT 1", new { log });

    /// <summary>The one of exactly this size; null when it was not kept.</summary>
    public static Task<CheckpointRow?> FindAsync(ControlSession session, int log, long size) =>
        session.FindAsync<CheckpointRow>($"{Columns} WHERE log = @log AND size = @size", new { log, size });

    /// <summary>Up to <paramref name="count"/> of them with a size greater than <paramref name="after"/>, in order.</summary>
    public static Task<IReadOnlyList<CheckpointRow>> ListAsync(ControlSession session, int log, long after, int count) =>
        session.ListAsync<CheckpointRow>($"{Columns} WHERE log = @log AND size > @after ORDER BY size LIMIT @count", new { log, after, count });
}

/// <summary>One checkpoint of the past.</summary>
internal sealed record CheckpointRow
{
    public required long Size { get; init; }

    public required long TimeMs { get; init; }

    /// <summary>The signed note.</summary>
    public required string Note { get; init; }
}
